namespace Imker.Linux;

/// <summary>A packet in the ring, valid until the next one is asked for.</summary>
public readonly ref struct ReceivedPacket
{
    /// <summary>Nanoseconds since 1970.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The captured bytes, with the VLAN tag and the cooked header in their places.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Bytes of the whole packet, counted as <see cref="Data"/> is.</summary>
    public required uint OriginalLength { get; init; }

    public required int InterfaceIndex { get; init; }

    /// <summary><c>PACKET_HOST</c> to <c>PACKET_OUTGOING</c>, 0 to 4.</summary>
    public required byte PacketType { get; init; }
}
