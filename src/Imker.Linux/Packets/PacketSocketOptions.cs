using Imker.Bytecode.Classic;

namespace Imker.Linux;

/// <summary>How a packet socket is opened.</summary>
public sealed record PacketSocketOptions
{
    public const int DefaultSnapLength = 262144, DefaultBufferSize = 2 * 1024 * 1024;

    /// <summary>How long packets wait for a block to fill, unless asked for otherwise.</summary>
    public static readonly TimeSpan DefaultBlockTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>The interface; null for all, whose packets then have a cooked header.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The header that is put before each packet. Default: none, the packet has its own; there must be one for all interfaces.</summary>
    public CookedHeader CookedHeader { get; init; }

    /// <summary>The most bytes of a packet that are kept. It decides how large the ring's blocks are; the cutting is done by the filter. Default: 262144.</summary>
    public int SnapLength { get; init; } = DefaultSnapLength;

    /// <summary>Bytes of memory for packets that wait to be read, at least; two blocks of the largest packet in any case. Default: 2 MiB.</summary>
    public int BufferSize { get; init; } = DefaultBufferSize;

    /// <summary>Whether packets for other machines are wanted. Default: yes; it counts for a single interface only.</summary>
    public bool IsPromiscuous { get; init; } = true;

    /// <summary>Whether packets of our own are left out, in the kernel where that can. Default: no.</summary>
    public bool IgnoresOutgoing { get; init; }

    /// <summary>How long the kernel may keep packets to itself until a block is full. Default: 100 ms.</summary>
    public TimeSpan BlockTimeout { get; init; } = DefaultBlockTimeout;

    /// <summary>What the kernel tells the packets by; null for all.</summary>
    public ClassicProgram? Filter { get; init; }
}
