namespace Imker.Machine;

/// <summary>What a region of memory is, as a fault names it.</summary>
public enum RegionKind : uint
{
    Stack,
    Context,
    Packet,
    MapValues,
    RingRecords,
}
