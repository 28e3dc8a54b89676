using Imker.Bytecode;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

/// <summary>How a map of the script is kept in the kernel.</summary>
/// <param name="Name">The kernel map's name in the object.</param>
/// <param name="Type">The kernel map's type.</param>
/// <param name="KeySize">Bytes.</param>
/// <param name="ValueSize">Bytes of one value.</param>
/// <param name="Entries">At most.</param>
/// <param name="PresenceOffset">Where in the value a flag tells that it was set; -1 where there is none.</param>
/// <param name="IsAtomic">Changes in place must be atomic.</param>
internal sealed record MapStorage(
    string Name, MapType Type, int KeySize, int ValueSize, int Entries, int PresenceOffset, bool IsAtomic)
{
    /// <summary>A second map of the same kind, for what is printed and cleared without losing a count; see <c>MapView.AlternateMap</c>.</summary>
    public string? Alternate { get; init; }

    /// <summary>
    /// The host shares the memory, so that it takes a number that is printed and cleared in one operation, as programs add to it.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>The variable that says which of the two is written to.</summary>
    public string GenerationVariable => Name + "_generation";

    public bool IsPerCpu => Type is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash;

    /// <summary>One value without key, reached by its address without a lookup.</summary>
    public bool IsGlobal => Type == MapType.Array;

    /// <summary>One value without key for each CPU, found by a lookup that cannot fail.</summary>
    public bool IsPerCpuScalar => Type == MapType.PerCpuArray;

    public static MapStorage Choose(MapSymbol symbol, ScriptConfig config, bool isPreemptible)
    {
        string name = "AT_" + symbol.Name.TrimStart('@');
        string? alternate = symbol.IsPrintedAndCleared ? name + "_2" : null;
        bool aggregate = symbol.Value is AggregateType;
        if (symbol.Key is not { } key)
        {
            int size = TupleLayout.AlignUp(symbol.Value.Size, 8);
            return aggregate
                ? new MapStorage(name, MapType.PerCpuArray, 4, size, 1, -1, isPreemptible) { Alternate = alternate }
                : new MapStorage(name, MapType.Array, 4, size + 8, 1, size, true) { IsShared = symbol.IsPrintedAndCleared && symbol.Value.IsScalar };
        }
        MapType type = symbol.DeclaredType ?? (aggregate ? MapType.PerCpuHash : MapType.Hash);
        int entries = symbol.DeclaredEntries > 0 ? symbol.DeclaredEntries : config.MaxMapKeys;
        bool perCpu = type is MapType.PerCpuHash or MapType.LruPerCpuHash;
        return new MapStorage(name, type, key.Size, symbol.Value.Size, entries, -1, isPreemptible || !perCpu) { Alternate = alternate };
    }
}
