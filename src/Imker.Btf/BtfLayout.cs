namespace Imker.Btf;

/// <summary>The layout of the format: what stands behind the three words that every type starts with.</summary>
internal static class BtfLayout
{
    public const ushort Magic = 0xeb9f;
    public const byte Version = 1;
    public const int HeaderSize = 24;
    public const BtfKind LastKind = BtfKind.Enum64;
    public const int HeaderWords = 3;
    public const int MemberWords = 3;
    public const int EnumeratorWords = 2;
    public const int Enumerator64Words = 3;
    public const int ParameterWords = 2;
    public const int SectionEntryWords = 3;
    public const uint KindFlag = 0x8000_0000;

    /// <summary>The words of a whole type, by its kind and its second word.</summary>
    public static int WordsOf(BtfKind kind, uint info) => HeaderWords + kind switch
    {
        BtfKind.Int or BtfKind.Variable or BtfKind.DeclarationTag => 1,
        BtfKind.Array => 3,
        BtfKind.Struct or BtfKind.Union => MemberWords * BtfType.CountOf(info),
        BtfKind.Enum => EnumeratorWords * BtfType.CountOf(info),
        BtfKind.Enum64 => Enumerator64Words * BtfType.CountOf(info),
        BtfKind.FunctionPrototype => ParameterWords * BtfType.CountOf(info),
        BtfKind.DataSection => SectionEntryWords * BtfType.CountOf(info),
        _ => 0,
    };

    /// <summary>Whether the third word is a size in bytes, and not a type.</summary>
    public static bool HasSize(BtfKind kind) => kind is BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum
        or BtfKind.Enum64 or BtfKind.Float or BtfKind.DataSection;

    /// <summary>Whether the third word is the type that this one is made from.</summary>
    public static bool HasTarget(BtfKind kind) => kind is not (BtfKind.Void or BtfKind.Array or BtfKind.Forward) && !HasSize(kind);

    /// <summary>A name for a type, or what stands before one: the type behind it has the same size.</summary>
    public static bool IsModifier(BtfKind kind) =>
        kind is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag;

    /// <summary>What has its size from the type behind it, and so must lead to an end.</summary>
    public static bool IsLink(BtfKind kind) => kind is BtfKind.Array or BtfKind.Variable || IsModifier(kind);
}
