namespace Imker.Filter;

/// <summary>Where the packets come from that a filter will see: what it can ask of them depends on it.</summary>
public enum PacketSource
{
    /// <summary>Not said, as with <c>tcpdump -d -y</c>: what the kernel alone knows may be asked (<c>inbound</c>, <c>ifindex</c>).</summary>
    Unknown,

    /// <summary>A capture file: only what stands in the packets.</summary>
    File,

    /// <summary>A Linux packet socket: the kernel has taken the outer VLAN tag out of the packet, and tells it.</summary>
    Live,
}
