namespace Imker.Filter;

/// <summary>What kind of eBPF program a filter becomes, and with that how it reaches the packet.</summary>
public enum FilterTarget
{
    /// <summary>
    /// <c>BPF_PROG_TYPE_SOCKET_FILTER</c>: bytes are loaded by <c>bpf_skb_load_bytes</c>, wherever the kernel keeps them.
    /// </summary>
    SocketFilter,

    /// <summary><c>BPF_PROG_TYPE_SCHED_CLS</c>: bytes are read through pointers; what lies outside of the packet's linear part counts as missing.</summary>
    TrafficControl,

    /// <summary><c>BPF_PROG_TYPE_XDP</c>: bytes are read through pointers; what lies outside of the first buffer counts as missing.</summary>
    Xdp,
}
