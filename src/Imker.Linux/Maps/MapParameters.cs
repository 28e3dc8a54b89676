using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What BPF_MAP_CREATE is told.</summary>
/// <param name="Type">The kind of map.</param>
/// <param name="KeySize">Bytes of a key; 0 for queues, stacks, bloom filters and ring buffers.</param>
/// <param name="ValueSize">Bytes of a value, of one CPU's where each has its own; 0 for ring buffers.</param>
/// <param name="MaxEntries">The most entries; for a ring buffer its bytes, a power of two and a multiple of the page.</param>
public readonly record struct MapParameters(MapType Type, int KeySize, int ValueSize, uint MaxEntries)
{
    /// <summary>Shown by the kernel's listings, cut to fifteen characters.</summary>
    public string Name { get; init; } = "";

    public MapFlags Flags { get; init; }

    /// <summary>For maps of maps: a map of the shape that will be put in.</summary>
    public KernelMap? InnerMap { get; init; }

    /// <summary>The types that <see cref="BtfKeyType"/> and <see cref="BtfValueType"/> are ids of.</summary>
    public BtfHandle? Btf { get; init; }

    public uint BtfKeyType { get; init; }

    public uint BtfValueType { get; init; }

    /// <summary>The id of the value's type in the kernel's own BTF, for STRUCT_OPS.</summary>
    public uint BtfKernelValueType { get; init; }

    /// <summary><c>map_extra</c>: for a bloom filter its hash functions, for an arena its address.</summary>
    public ulong Extra { get; init; }

    /// <summary>The memory node that it lies in; meant only with <see cref="MapFlags.NumaNode"/>.</summary>
    public uint NumaNode { get; init; }

    /// <summary>Such as <c>map 'counts' (hash, 4 to 8 bytes, 1024 entries)</c>.</summary>
    public override string ToString() =>
        $"map '{Name}' ({Type}, {KeySize} to {ValueSize} bytes, {MaxEntries} entries)";
}
