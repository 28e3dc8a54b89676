namespace Imker.Linux;

/// <summary>A place in a packet's way through the firewall (linux/netfilter.h).</summary>
/// <param name="Family">Of protocols: 2 for IPv4, 10 for IPv6.</param>
/// <param name="Point">Where.</param>
/// <param name="Priority">Lower ones run first; neither the lowest nor the highest number.</param>
public readonly record struct NetfilterHook(int Family, NetfilterPoint Point, int Priority = 0)
{
    /// <summary>Whether it sees whole packets only (<c>BPF_F_NETFILTER_IP_DEFRAG</c>, 6.6).</summary>
    public bool WithDefragmentation { get; init; }
}
