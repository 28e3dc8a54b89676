using Imker.Linux;

namespace Imker.Capture;

/// <summary>How an interface is captured.</summary>
public sealed record LiveCaptureOptions
{
    /// <summary>The name that stands for all interfaces.</summary>
    public const string AnyInterface = "any";

    /// <summary>The snapshot length that stands for whole packets.</summary>
    public const int WholePackets = RecordLimit.WholePacket;

    public const int DefaultBufferSize = PacketSocketOptions.DefaultBufferSize;

    /// <summary>The interface; <c>any</c> for all, whose packets have a cooked header then.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The DLT value wanted; null for the interface's usual one (for <c>any</c>: LINUX_SLL2).</summary>
    public int? LinkType { get; init; }

    /// <summary>The most bytes of a packet that are kept. Default: 262144, which stands for all.</summary>
    public int SnapLength { get; init; } = WholePackets;

    /// <summary>Bytes of memory for packets that wait to be read. Default: 2 MiB.</summary>
    public int BufferSize { get; init; } = DefaultBufferSize;

    /// <summary>Whether packets for other machines are captured. Default: yes, but of <c>any</c>.</summary>
    public bool IsPromiscuous { get; init; } = true;

    /// <summary>Default: both ways.</summary>
    public CaptureDirection Direction { get; init; }

    /// <summary>Whether packets are delivered as they come instead of some at a time. Default: no.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>Whether the process behind each packet is looked for. Default: no.</summary>
    public bool FindsProcesses { get; init; }
}
