namespace Imker.Bytecode.Classic;

/// <summary>How a translated program reaches the packet and what Linux knows about it.</summary>
public enum ClassicTarget
{
    /// <summary>
    /// By the legacy packet loads, from <c>struct __sk_buff</c>: socket filters, and tc programs on packets that are not linear
    /// (<c>BPF_PROG_TYPE_SOCKET_FILTER</c>, <c>BPF_PROG_TYPE_SCHED_CLS</c>).
    /// </summary>
    SocketBuffer,

    /// <summary>By pointers with checks, from <c>struct __sk_buff</c> (<c>BPF_PROG_TYPE_SCHED_CLS</c>); sees the packet's linear part.</summary>
    SocketBufferDirect,

    /// <summary>By pointers with checks, from <c>struct xdp_md</c> (<c>BPF_PROG_TYPE_XDP</c>).</summary>
    Xdp,

    /// <summary>
    /// By an address: R1 is the packet's first byte, R2 how many bytes of it there are, R3 how many it had. For machines that hand
    /// a program any arguments; nothing is known of the packet besides, and scratch cells alone need a frame.
    /// </summary>
    Memory,
}
