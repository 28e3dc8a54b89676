using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>Makes the storage of a map, and refuses the shapes that the kernel refuses.</summary>
internal static class MapFactory
{
    // So that numbers of elements fit beside the marks of chains.
    private const uint MaxElements = 1 << 28;
    private const int MaxKeySize = 512;
    private const int SmallestTrieKey = 5, LargestTrieKey = 260;
    private const ulong LargestMap = 1UL << 40;

    /// <summary>The storage; null with a reason when there can be none.</summary>
    public static MapStorage? Create(MapSpec spec, int cpus, out string? problem)
    {
        problem = ProblemOf(spec, cpus);
        return problem is not null ? null : spec.Type switch
        {
            MapType.Hash => new HashStorage(spec, 1, evicts: false),
            MapType.PerCpuHash => new HashStorage(spec, cpus, evicts: false),
            MapType.LruHash => new HashStorage(spec, 1, evicts: true),
            MapType.LruPerCpuHash => new HashStorage(spec, cpus, evicts: true),
            MapType.Array => new ArrayStorage(spec, 1),
            MapType.Devmap or MapType.Cpumap or MapType.Xskmap => new ArrayStorage(spec, 1, takesOut: true),
            MapType.DevmapHash => new HashStorage(spec, 1, evicts: false),
            MapType.PerCpuArray => new ArrayStorage(spec, cpus),
            MapType.LpmTrie => new LpmTrieStorage(spec),
            MapType.Queue => new QueueStorage(spec, isStack: false),
            MapType.Stack => new QueueStorage(spec, isStack: true),
            MapType.BloomFilter => new BloomFilterStorage(spec),
            MapType.RingBuffer => new RingBufferStorage(spec),
            MapType.PerfEventArray => new PerfEventStorage(spec),
            MapType.ProgArray => new ProgramArrayStorage(spec),
            MapType.ArrayOfMaps or MapType.HashOfMaps => new MapOfMapsStorage(spec),
            MapType.StackTrace => new StackTraceStorage(spec),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Type, "A type that is not refused has a storage."),
        };
    }

    private static string? ProblemOf(MapSpec spec, int cpus)
    {
        bool hasKey = spec.Type is not (MapType.Queue or MapType.Stack or MapType.BloomFilter or MapType.RingBuffer);
        bool hasNumber = spec.Type is MapType.Array or MapType.PerCpuArray or MapType.ProgArray or MapType.ArrayOfMaps or MapType.StackTrace or MapType.PerfEventArray
            or MapType.Devmap or MapType.Cpumap or MapType.Xskmap;
        return spec switch
        {
            { Type: > MapType.LpmTrie and not (MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.Queue or MapType.Stack or MapType.RingBuffer
                or MapType.BloomFilter or MapType.Devmap or MapType.DevmapHash or MapType.Cpumap or MapType.Xskmap) or MapType.Unspecified or MapType.CgroupArray } => $"maps of type {spec.Type} are only in the kernel",
            { MaxEntries: 0, Type: not MapType.PerfEventArray } => "it has room for no entry",
            { MaxEntries: > MaxElements, Type: not MapType.RingBuffer } => $"it is to hold {spec.MaxEntries} entries, more than {MaxElements}",
            { Type: MapType.RingBuffer } => RingProblem(spec),
            { Type: MapType.LpmTrie, KeySize: < SmallestTrieKey or > LargestTrieKey } => $"the keys of a trie have {SmallestTrieKey} to {LargestTrieKey} bytes, not {spec.KeySize}",
            { Type: MapType.LpmTrie } when (spec.Flags & MapFlags.NoPreallocation) == 0 => "a trie needs the flag BPF_F_NO_PREALLOC",
            { KeySize: not sizeof(int) } when hasNumber => $"its keys have {spec.KeySize} bytes, not 4",
            { KeySize: not 0 } when !hasKey => "maps of this type have no keys",
            { KeySize: <= 0 or > MaxKeySize } when hasKey => $"its keys have {spec.KeySize} bytes, not 1 to {MaxKeySize}",
            { ValueSize: <= 0 } => "its values have no bytes",
            { Type: MapType.StackTrace } when spec.ValueSize % sizeof(ulong) != 0 => "the values of stack traces are a multiple of 8 bytes",
            _ when (ulong)(spec.ValueSize + 7) * spec.MaxEntries * (uint)cpus > LargestMap => "it needs more memory than there is",
            _ => null,
        };
    }

    private static string? RingProblem(MapSpec spec) =>
        spec.KeySize != 0 || spec.ValueSize != 0 ? "a ring has neither keys nor values"
        : !System.Numerics.BitOperations.IsPow2(spec.MaxEntries) || spec.MaxEntries > 1 << 30 ? $"a ring of {spec.MaxEntries} bytes is no power of two up to 2^30" : null;
}
