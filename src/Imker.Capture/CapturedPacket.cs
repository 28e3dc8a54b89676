namespace Imker.Capture;

/// <summary>
/// A packet as a file or an interface gave it. It points into a buffer of its source and is valid until the next packet is asked for.
/// </summary>
public readonly ref struct CapturedPacket
{
    /// <summary>Nanoseconds since 1970-01-01 00:00 UTC.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The bytes that were captured, link-layer header first; a VLAN tag that the kernel took out is back in its place.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Bytes that the packet had on the wire; it may be more than was captured, and in a damaged file less.</summary>
    public required uint OriginalLength { get; init; }

    /// <summary>What kind of header <see cref="Data"/> begins with, as a DLT value: 1 is Ethernet.</summary>
    public required int LinkType { get; init; }

    /// <summary>The kernel's number of the interface, or the number of the interface in a pcapng file; 0 where there is none.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The interface's name where the source knows it.</summary>
    public string? InterfaceName { get; init; }

    public PacketDirection Direction { get; init; }

    /// <summary>The process behind the packet, where it was asked for and found.</summary>
    public Linux.SocketOwner? Process { get; init; }

    /// <summary>Whether not all of the packet was captured.</summary>
    public bool IsCut => (uint)Data.Length < OriginalLength;
}
