using System.Numerics;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What a map's blueprint becomes on this machine: sizes that depend on it, and types only where the kernel takes them.</summary>
internal static class MapShape
{
    /// <param name="inner">For maps of maps: a map of the shape that will be put in.</param>
    internal static MapParameters Of(MapSpec spec, KernelMap? inner, BtfHandle? btf)
    {
        bool isTyped = btf is not null && (spec.BtfKeyTypeId | spec.BtfValueTypeId) != 0 && TakesTypes(spec.Type);
        (int keySize, int valueSize) = SizesOf(spec);
        return new MapParameters(spec.Type, keySize, valueSize, EntriesOf(spec))
        {
            Name = spec.Name,
            Flags = spec.Flags | (spec.IsReadOnlyData ? MapFlags.ReadOnlyProgram : MapFlags.None),
            InnerMap = inner,
            NumaNode = spec.NumaNode,
            Extra = spec.Extra,
            Btf = isTyped ? btf : null,
            BtfKeyType = isTyped ? spec.BtfKeyTypeId : 0,
            BtfValueType = isTyped ? spec.BtfValueTypeId : 0,
        };
    }

    // The type of what a buffer's records are may stand in its definition, for readers: the kernel wants no size of a ring, and that of
    // a descriptor of perf events.
    private static (int Key, int Value) SizesOf(MapSpec spec) => spec.Type switch
    {
        MapType.RingBuffer or MapType.UserRingBuffer => (0, 0),
        MapType.PerfEventArray => (sizeof(int), sizeof(int)),
        _ => (spec.KeySize, spec.ValueSize),
    };

    // A ring takes a power of two of whole pages, and an array for perf events one entry a CPU: so libbpf rounds.
    private static uint EntriesOf(MapSpec spec) => spec.Type switch
    {
        MapType.RingBuffer or MapType.UserRingBuffer => Math.Max(RoundUp(spec.MaxEntries), (uint)Environment.SystemPageSize),
        MapType.PerfEventArray when spec.MaxEntries == 0 => (uint)Cpus.PossibleCount,
        _ => spec.MaxEntries,
    };

    private static uint RoundUp(uint bytes) => bytes > 1u << 31 ? bytes : BitOperations.RoundUpToPowerOf2(bytes);

    // Maps of these types the kernel refuses with types of keys and values (map_check_btf).
    private static bool TakesTypes(MapType type) => type is not (MapType.PerfEventArray or MapType.CgroupArray or MapType.StackTrace
        or MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.Devmap or MapType.DevmapHash or MapType.Cpumap or MapType.Xskmap
        or MapType.Sockmap or MapType.Sockhash or MapType.ProgArray or MapType.RingBuffer or MapType.UserRingBuffer
        or MapType.Queue or MapType.Stack or MapType.BloomFilter or MapType.ReuseportSockArray or MapType.Arena);
}
