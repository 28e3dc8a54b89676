namespace Imker.Btf;

/// <summary>Where in the words of a type names and other types stand.</summary>
internal static class BtfTypeShape
{
    /// <summary>The words that are offsets of strings.</summary>
    public static IEnumerable<int> NamesOf(BtfKind kind, int wordCount)
    {
        yield return 0;
        int step = StepOf(kind);
        if (kind == BtfKind.DataSection || step == 0)
            yield break;
        for (int at = BtfLayout.HeaderWords; at < wordCount; at += step)
            yield return at;
    }

    /// <summary>The words that are ids of types.</summary>
    public static IEnumerable<int> TypesOf(BtfKind kind, int wordCount)
    {
        if (BtfLayout.HasTarget(kind))
            yield return 2;
        switch (kind)
        {
            case BtfKind.Array:
                yield return BtfLayout.HeaderWords;
                yield return BtfLayout.HeaderWords + 1;
                break;
            case BtfKind.Struct or BtfKind.Union or BtfKind.FunctionPrototype:
                for (int at = BtfLayout.HeaderWords; at < wordCount; at += StepOf(kind))
                    yield return at + 1;
                break;
            case BtfKind.DataSection:
                for (int at = BtfLayout.HeaderWords; at < wordCount; at += StepOf(kind))
                    yield return at;
                break;
        }
    }

    private static int StepOf(BtfKind kind) => kind switch
    {
        BtfKind.Struct or BtfKind.Union => BtfLayout.MemberWords,
        BtfKind.FunctionPrototype => BtfLayout.ParameterWords,
        BtfKind.Enum => BtfLayout.EnumeratorWords,
        BtfKind.Enum64 => BtfLayout.Enumerator64Words,
        BtfKind.DataSection => BtfLayout.SectionEntryWords,
        _ => 0,
    };
}
