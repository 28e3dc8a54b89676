namespace Imker.Bytecode.Text;

/// <summary>Finds a name of its own for each instruction that a jump goes to.</summary>
internal static class LabelNames
{
    /// <summary>The label before each instruction; null where no jump goes.</summary>
    public static string?[] Of(Code code)
    {
        string?[] names = new string?[code.Instructions.Length];
        var taken = new HashSet<string>();
        ILookup<int, string> bound = code.Labels.Where(pair => IsUsable(pair.Key.Name)).ToLookup(pair => pair.Value, pair => pair.Key.Name!);
        foreach (int target in Targets(code))
            names[target] = bound[target].Order(StringComparer.Ordinal).FirstOrDefault(taken.Add);
        int number = 0;
        foreach (int target in Targets(code))
        {
            while (names[target] is null)
            {
                string name = $"L{++number}";
                if (taken.Add(name))
                    names[target] = name;
            }
        }
        return names;
    }

    private static SortedSet<int> Targets(Code code)
    {
        var targets = new SortedSet<int>();
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            if (code.TryGetJumpTarget(i, out int target))
                targets.Add(target);
        }
        return targets;
    }

    // "pc" would be read as the start of a distance.
    private static bool IsUsable(string? name) =>
        name is not null and not "pc" && LineLexer.IsWord(name) && !char.IsAsciiDigit(name[0]);
}
