namespace Imker.Machine;

/// <summary>What a region of memory is, as a fault names it.</summary>
public enum RegionKind : uint
{
    Stack,
    Context,
    Packet,
    MapValues,
    RingRecords,

    /// <summary>The key that a callback of <c>bpf_for_each_map_elem</c> is shown.</summary>
    MapKey,
}
