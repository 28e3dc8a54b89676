namespace Imker.Capture;

/// <summary>What the header of a pcap file says of its packets.</summary>
public sealed record PcapWriterOptions
{
    /// <summary>The DLT value of the packets.</summary>
    public required int LinkType { get; init; }

    /// <summary>Default: 262144, which stands for whole packets.</summary>
    public int SnapLength { get; init; } = RecordLimit.WholePacket;

    /// <summary>Whether time stamps are written with nanoseconds (magic a1b23c4d) instead of microseconds. Default: no.</summary>
    public bool HasNanoseconds { get; init; }

    /// <summary>The upper six bits of the link-type word; see <see cref="CaptureFileReader.FrameCheckBits"/>. Default: 0.</summary>
    public uint FrameCheckBits { get; init; }
}
