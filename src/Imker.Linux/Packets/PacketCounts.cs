namespace Imker.Linux;

/// <summary>What the kernel counted for a packet socket since it was opened.</summary>
/// <param name="Received">Packets that passed the filter, dropped ones included.</param>
/// <param name="Dropped">Packets for which there was no room in the ring.</param>
/// <param name="DroppedByInterface">Packets that the interface itself had no room for; 0 for all interfaces.</param>
public readonly record struct PacketCounts(ulong Received, ulong Dropped, ulong DroppedByInterface);
