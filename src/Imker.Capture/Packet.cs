namespace Imker.Capture;

/// <summary>A packet that can be kept.</summary>
/// <param name="Timestamp">Nanoseconds since 1970-01-01 00:00 UTC.</param>
/// <param name="Data">The bytes that were captured, link-layer header first.</param>
/// <param name="OriginalLength">Bytes that the packet had on the wire.</param>
/// <param name="LinkType">The DLT value of the link-layer header.</param>
/// <param name="InterfaceName">Where it was captured; null where the source does not tell.</param>
public sealed record Packet(long Timestamp, ReadOnlyMemory<byte> Data, uint OriginalLength, int LinkType, string? InterfaceName, PacketDirection Direction)
{
    private const long NanosecondsOfTick = 100;

    /// <summary>When it was captured, in steps of 100 ns.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Timestamp / NanosecondsOfTick);

    internal static Packet Of(in CapturedPacket packet) => new(
        packet.Timestamp, packet.Data.ToArray(), packet.OriginalLength, packet.LinkType, packet.InterfaceName, packet.Direction);
}
