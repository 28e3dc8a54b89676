using System.Collections.Frozen;

namespace Imker.Compiler.Ir;

/// <summary>How types and operators are written in IR text: read by printer and parser.</summary>
internal static class IrMnemonics
{
    private static readonly string[] binary =
        ["add", "sub", "mul", "div.u", "div.s", "mod.u", "mod.s", "and", "or", "xor", "shl", "shr.u", "shr.s"];

    private static readonly string[] compare =
        ["eq", "ne", "lt.u", "le.u", "gt.u", "ge.u", "lt.s", "le.s", "gt.s", "ge.s"];

    private static readonly string[] convert = ["zext", "sext", "trunc", "ptrtoint", "bswap"];

    private static readonly string[] atomic = ["add", "or", "and", "xor", "exchange"];

    public static string Of(BinaryOperator op) => binary[(int)op];

    public static string Of(CompareOperator op) => compare[(int)op];

    public static string Of(ConvertOperator op) => convert[(int)op];

    public static string Of(AtomicOperator op) => atomic[(int)op];

    public static FrozenDictionary<string, BinaryOperator> Binary { get; } = Inverse<BinaryOperator>(binary);

    public static FrozenDictionary<string, CompareOperator> Compare { get; } = Inverse<CompareOperator>(compare);

    public static FrozenDictionary<string, ConvertOperator> Convert { get; } = Inverse<ConvertOperator>(convert);

    public static FrozenDictionary<string, AtomicOperator> Atomic { get; } = Inverse<AtomicOperator>(atomic);

    /// <summary>Every type by its text, as <see cref="IrType.ToString"/> gives it.</summary>
    public static FrozenDictionary<string, IrType> Types { get; } = AllTypes().ToFrozenDictionary(t => t.ToString());

    private static FrozenDictionary<string, T> Inverse<T>(string[] names)
        where T : struct, Enum =>
        names.Zip(Enum.GetValues<T>()).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    private static IEnumerable<IrType> AllTypes()
    {
        foreach (IrTypeKind kind in Enum.GetValues<IrTypeKind>())
        {
            if (kind != IrTypeKind.Pointer)
                yield return new IrType(kind);
        }
        foreach (Provenance provenance in Enum.GetValues<Provenance>())
        {
            yield return IrType.Pointer(provenance);
            yield return IrType.Pointer(provenance, isNullable: true);
        }
    }
}
