using System.Collections.Immutable;
using Imker.Btf;

namespace Imker.Objects;

/// <summary>Reads the variables of <c>.kconfig</c>, which the file declares and the target's configuration defines.</summary>
internal static class ConfigurationReader
{
    private const string TristateName = "libbpf_tristate";

    /// <summary>The variables; empty where there are none.</summary>
    /// <param name="declared">The variables' symbols, with the type of each.</param>
    public static ImmutableArray<KernelVariable> Read(ObjectFile file, IEnumerable<(ObjectSymbol Symbol, BtfType Variable)> declared)
    {
        return ConfigurationLayout.Arrange(declared.Select(d =>
        {
            BtfType type = d.Variable.Target.SkipModifiers();
            return new KernelVariable(d.Symbol.Name, 0, SizeOf(file, d.Symbol, d.Variable), KindOf(file, d.Symbol, type))
            {
                IsSigned = type.Kind == BtfKind.Int && type.IsSigned,
                IsWeak = d.Symbol.IsWeak,
            };
        })) ?? throw file.Malformed($"section '{FileNames.ConfigurationSection}': its variables take more than 2 GiB");
    }

    private static KernelVariableKind KindOf(ObjectFile file, ObjectSymbol symbol, BtfType type) => type switch
    {
        { Kind: BtfKind.Int } when type.IntEncoding.HasFlag(BtfIntEncoding.Bool) && type.Size == 1 => KernelVariableKind.Boolean,
        { Kind: BtfKind.Int, Size: 1 } => KernelVariableKind.Character,
        { Kind: BtfKind.Int, Size: 2 or 4 or 8 } => KernelVariableKind.Integer,
        { Kind: BtfKind.Enum, Size: 4, Name: TristateName } => KernelVariableKind.Tristate,
        { Kind: BtfKind.Array, ElementCount: > 0 } when type.Target.SkipModifiers() is { Kind: BtfKind.Int, Size: 1 } => KernelVariableKind.Text,
        _ => throw file.Malformed($"section '{FileNames.ConfigurationSection}': '{symbol.Name}' is neither a number, bool, enum {TristateName} nor text"),
    };

    private static int SizeOf(ObjectFile file, ObjectSymbol symbol, BtfType variable) =>
        file.Btf!.TryGetSize(variable, out ulong size) && size is > 0 and <= int.MaxValue
            ? (int)size
            : throw file.Malformed($"section '{FileNames.ConfigurationSection}': '{symbol.Name}' has no size");
}
