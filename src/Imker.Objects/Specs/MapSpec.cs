using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>The blueprint of a map.</summary>
public sealed record MapSpec
{
    public required string Name { get; init; }

    public required MapType Type { get; init; }

    /// <summary>Bytes; 0 where the type has no key.</summary>
    public int KeySize { get; init; }

    /// <summary>Bytes, of one CPU's value where the type is per CPU; 0 where the type has none.</summary>
    public int ValueSize { get; init; }

    /// <summary>Entries; bytes for ring buffers, pages for arenas.</summary>
    public uint MaxEntries { get; init; }

    public MapFlags Flags { get; init; }

    /// <summary>The blueprint of the inner maps of a map in map.</summary>
    public MapSpec? InnerMap { get; init; }

    /// <summary>
    /// The names of the object's maps that a map in map holds from the beginning, under the numbers from 0 on, empty where there is
    /// none; they are of the shape of <see cref="InnerMap"/>, and stand before it in the object if libbpf is to load that.
    /// </summary>
    public ImmutableArray<string> InnerMaps { get; init; } = [];

    /// <summary>
    /// The names of the object's programs that an array of programs holds from the beginning, under the numbers from 0 on; empty where
    /// there is none.
    /// </summary>
    public ImmutableArray<string> InnerPrograms { get; init; } = [];

    /// <summary>Whether the map is shared through the file system of BPF.</summary>
    public MapPinning Pinning { get; init; }

    /// <summary>The memory node that the map lies in; meant only with <see cref="MapFlags.NumaNode"/>.</summary>
    public uint NumaNode { get; init; }

    /// <summary><c>map_extra</c>: for a bloom filter its hash functions, for an arena its address.</summary>
    public ulong Extra { get; init; }

    /// <summary>Of a map of the type <see cref="MapType.StructOps"/>: what the kernel is to call. <see cref="Contents"/> are the struct's bytes.</summary>
    public StructOpsSpec? StructOps { get; init; }

    /// <summary>The first value of an array, or the image of a section of global data; empty means zeros.</summary>
    public ReadOnlyMemory<byte> Contents { get; init; }

    /// <summary>Frozen after the contents are written: constants that the verifier may read (<c>.rodata</c>).</summary>
    public bool IsReadOnlyData { get; init; }

    /// <summary>Type ids in <see cref="BpfObject.Btf"/>; 0 when untyped.</summary>
    public uint BtfKeyTypeId { get; init; }

    public uint BtfValueTypeId { get; init; }
}

/// <summary>Flags of <c>BPF_MAP_CREATE</c>; source: <c>include/uapi/linux/bpf.h</c>.</summary>
[Flags]
public enum MapFlags : uint
{
    None = 0,

    /// <summary><c>BPF_F_NO_PREALLOC</c></summary>
    NoPreallocation = 1 << 0,

    /// <summary><c>BPF_F_NO_COMMON_LRU</c></summary>
    NoCommonLru = 1 << 1,

    /// <summary><c>BPF_F_NUMA_NODE</c></summary>
    NumaNode = 1 << 2,

    /// <summary><c>BPF_F_RDONLY</c>: user space may only read.</summary>
    ReadOnly = 1 << 3,

    /// <summary><c>BPF_F_WRONLY</c></summary>
    WriteOnly = 1 << 4,

    /// <summary><c>BPF_F_RDONLY_PROG</c>: programs may only read.</summary>
    ReadOnlyProgram = 1 << 7,

    /// <summary><c>BPF_F_WRONLY_PROG</c></summary>
    WriteOnlyProgram = 1 << 8,

    /// <summary><c>BPF_F_MMAPABLE</c></summary>
    MemoryMappable = 1 << 10,

    /// <summary><c>BPF_F_INNER_MAP</c></summary>
    InnerMap = 1 << 12,
}
