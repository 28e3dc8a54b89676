using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// Reads the variables of <c>.kconfig</c>, which the file declares and the target's configuration defines, and lays them out as libbpf
/// does: by alignment, then size, then name.
/// </summary>
internal static class ConfigurationReader
{
    private const string TristateName = "libbpf_tristate";

    /// <summary>The variables; empty where there are none.</summary>
    /// <param name="declared">The variables' symbols, with the type of each.</param>
    public static ImmutableArray<KernelVariable> Read(ObjectFile file, IEnumerable<(ObjectSymbol Symbol, BtfType Variable)> declared)
    {
        var sized = declared.Select(d => (d.Symbol, Type: d.Variable.Target.SkipModifiers(), Size: SizeOf(file, d.Symbol, d.Variable)))
            .Select(d => (d.Symbol, d.Type, d.Size, Alignment: AlignmentOf(d.Type)))
            .OrderByDescending(d => d.Alignment).ThenBy(d => d.Size).ThenBy(d => d.Symbol.Name, StringComparer.Ordinal);
        var variables = ImmutableArray.CreateBuilder<KernelVariable>();
        long offset = 0;
        foreach (var (symbol, type, size, alignment) in sized)
        {
            offset = (offset + alignment - 1) / alignment * alignment;
            if (offset + size > int.MaxValue)
                throw file.Malformed($"section '{FileNames.ConfigurationSection}': its variables take more than 2 GiB");
            variables.Add(new KernelVariable(symbol.Name, (int)offset, size, KindOf(file, symbol, type))
            {
                IsSigned = type.Kind == BtfKind.Int && type.IsSigned,
                IsWeak = symbol.IsWeak,
            });
            offset += size;
        }
        return variables.DrainToImmutable();
    }

    /// <summary>The map that the variables lie in.</summary>
    public static MapSpec MapOf(ImmutableArray<KernelVariable> variables) => new()
    {
        Name = FileNames.ConfigurationSection,
        Type = MapType.Array,
        KeySize = sizeof(int),
        ValueSize = variables[^1].Offset + variables[^1].Size,
        MaxEntries = 1,
        Flags = MapFlags.MemoryMappable,
        IsReadOnlyData = true,
    };

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

    private static int AlignmentOf(BtfType type)
    {
        while (type.Kind == BtfKind.Array)
            type = type.Target.SkipModifiers();
        return type.Kind is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 ? (int)Math.Clamp(type.Size, 1, 8) : 8;
    }
}
