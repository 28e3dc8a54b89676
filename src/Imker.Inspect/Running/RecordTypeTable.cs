using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Inspect;

/// <summary>
/// What the records of an object's buffers are: the struct that the caller names, that the map's definition names, or else the only
/// struct of the object's own that is as long as the record.
/// </summary>
internal sealed class RecordTypeTable
{
    private readonly Dictionary<string, BtfType> named = [];
    private readonly Dictionary<uint, List<BtfType>> bySize = [];

    /// <exception cref="InspectException">The caller names a map or a struct that the object does not have.</exception>
    public RecordTypeTable(BpfObject source, ImmutableDictionary<string, string> chosen)
    {
        BtfFile? types = source.Btf.IsEmpty ? null : BtfFile.Read(source.Name, source.Btf);
        foreach ((string map, string type) in chosen)
            named.Add(map, Find(source, types, map, type));
        if (types is null)
            return;
        foreach (MapSpec map in source.Maps.Where(IsBuffer))
        {
            if (map.BtfValueTypeId != 0 && types[map.BtfValueTypeId].SkipModifiers() is { Kind: BtfKind.Struct or BtfKind.Union } type)
                named.TryAdd(map.Name, type);
        }
        Collect(source, types);
    }

    public static bool IsBuffer(MapSpec map) => map.Type is MapType.RingBuffer or MapType.PerfEventArray;

    /// <summary>Null where nothing tells.</summary>
    /// <param name="isPadded">Whether bytes may follow that are not the record's, as perf events have them.</param>
    public BtfType? TypeOf(string map, int length, bool isPadded)
    {
        if (named.TryGetValue(map, out BtfType type))
            return type;
        // A perf event's length of four bytes and its bytes take a multiple of eight.
        for (int size = length; size > Math.Max(0, length - (isPadded ? 8 : 1)); size--)
        {
            if (bySize.TryGetValue((uint)size, out List<BtfType>? found))
                return found.Count == 1 ? found[0] : null;
        }
        return null;
    }

    // Structs that the kernel has too came with its header; keys and values of maps are no records, where something else is.
    private void Collect(BpfObject source, BtfFile types)
    {
        HashSet<uint> used = [.. source.Maps.Where(map => !IsBuffer(map)).SelectMany(map => new[] { map.BtfKeyTypeId, map.BtfValueTypeId }).Where(id => id != 0).Select(id => types[id].SkipModifiers().Id)];
        foreach (BtfType type in types.OwnTypes)
        {
            if (type.Kind != BtfKind.Struct || type.NameBytes.IsEmpty || type.Size == 0 || used.Contains(type.Id) || IsTheKernels(type))
                continue;
            if (!bySize.TryGetValue(type.Size, out List<BtfType>? list))
                bySize.Add(type.Size, list = []);
            list.Add(type);
        }
    }

    private static bool IsTheKernels(BtfType type) => KernelBtfFile.Types is { } kernel && kernel.TryFind(BtfKind.Struct, type.Name, out _);

    private static BtfType Find(BpfObject source, BtfFile? types, string map, string type)
    {
        if (source.FindMap(map) is not { } spec || !IsBuffer(spec))
        {
            string[] buffers = [.. source.Maps.Where(IsBuffer).Select(m => m.Name)];
            throw new InspectException($"the object has no ring or perf buffer '{map}'{Spelling.Suggestion(map, buffers)}");
        }
        string name = type.StartsWith("struct ", StringComparison.Ordinal) ? type["struct ".Length..] : type;
        return types is not null && types.TryFind(BtfKind.Struct, name, out BtfType found)
            ? found
            : throw new InspectException($"the object's types have no struct '{name}'{Spelling.Suggestion(name, types?.NamesOf(BtfKind.Struct) ?? [])}");
    }
}
