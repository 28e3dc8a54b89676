// Generated from eng/tables/program-types.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Bytecode;

/// <summary>What a program is for, and so what it may do (<c>enum bpf_prog_type</c>).</summary>
public enum ProgramType
{
    /// <summary><c>BPF_PROG_TYPE_UNSPEC</c></summary>
    Unspecified = 0,

    /// <summary><c>BPF_PROG_TYPE_SOCKET_FILTER</c>, kernel 3.19</summary>
    SocketFilter = 1,

    /// <summary><c>BPF_PROG_TYPE_KPROBE</c>, kernel 4.1</summary>
    Kprobe = 2,

    /// <summary><c>BPF_PROG_TYPE_SCHED_CLS</c>, kernel 4.1</summary>
    SchedCls = 3,

    /// <summary><c>BPF_PROG_TYPE_SCHED_ACT</c>, kernel 4.1</summary>
    SchedAct = 4,

    /// <summary><c>BPF_PROG_TYPE_TRACEPOINT</c>, kernel 4.7</summary>
    Tracepoint = 5,

    /// <summary><c>BPF_PROG_TYPE_XDP</c>, kernel 4.8</summary>
    Xdp = 6,

    /// <summary><c>BPF_PROG_TYPE_PERF_EVENT</c>, kernel 4.9</summary>
    PerfEvent = 7,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SKB</c>, kernel 4.10</summary>
    CgroupSkb = 8,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SOCK</c>, kernel 4.10</summary>
    CgroupSock = 9,

    /// <summary><c>BPF_PROG_TYPE_LWT_IN</c>, kernel 4.10</summary>
    LwtIn = 10,

    /// <summary><c>BPF_PROG_TYPE_LWT_OUT</c>, kernel 4.10</summary>
    LwtOut = 11,

    /// <summary><c>BPF_PROG_TYPE_LWT_XMIT</c>, kernel 4.10</summary>
    LwtXmit = 12,

    /// <summary><c>BPF_PROG_TYPE_SOCK_OPS</c>, kernel 4.13</summary>
    SockOps = 13,

    /// <summary><c>BPF_PROG_TYPE_SK_SKB</c>, kernel 4.14</summary>
    SkSkb = 14,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_DEVICE</c>, kernel 4.15</summary>
    CgroupDevice = 15,

    /// <summary><c>BPF_PROG_TYPE_SK_MSG</c>, kernel 4.17</summary>
    SkMsg = 16,

    /// <summary><c>BPF_PROG_TYPE_RAW_TRACEPOINT</c>, kernel 4.17</summary>
    RawTracepoint = 17,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SOCK_ADDR</c>, kernel 4.17</summary>
    CgroupSockAddr = 18,

    /// <summary><c>BPF_PROG_TYPE_LWT_SEG6LOCAL</c>, kernel 4.18</summary>
    LwtSeg6Local = 19,

    /// <summary><c>BPF_PROG_TYPE_LIRC_MODE2</c>, kernel 4.18</summary>
    LircMode2 = 20,

    /// <summary><c>BPF_PROG_TYPE_SK_REUSEPORT</c>, kernel 4.19</summary>
    SkReuseport = 21,

    /// <summary><c>BPF_PROG_TYPE_FLOW_DISSECTOR</c>, kernel 4.20</summary>
    FlowDissector = 22,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SYSCTL</c>, kernel 5.2</summary>
    CgroupSysctl = 23,

    /// <summary><c>BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE</c>, kernel 5.2</summary>
    RawTracepointWritable = 24,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SOCKOPT</c>, kernel 5.3</summary>
    CgroupSockopt = 25,

    /// <summary><c>BPF_PROG_TYPE_TRACING</c>, kernel 5.5</summary>
    Tracing = 26,

    /// <summary><c>BPF_PROG_TYPE_STRUCT_OPS</c>, kernel 5.6</summary>
    StructOps = 27,

    /// <summary><c>BPF_PROG_TYPE_EXT</c>, kernel 5.6</summary>
    Extension = 28,

    /// <summary><c>BPF_PROG_TYPE_LSM</c>, kernel 5.7</summary>
    Lsm = 29,

    /// <summary><c>BPF_PROG_TYPE_SK_LOOKUP</c>, kernel 5.9</summary>
    SkLookup = 30,

    /// <summary><c>BPF_PROG_TYPE_SYSCALL</c>, kernel 5.14</summary>
    Syscall = 31,

    /// <summary><c>BPF_PROG_TYPE_NETFILTER</c>, kernel 6.4</summary>
    Netfilter = 32,
}

public static partial class KernelConstants
{
    public static KernelConstantTable<ProgramType> ProgramTypes { get; } = new(
    [
        new(ProgramType.Unspecified, "BPF_PROG_TYPE_UNSPEC", new Version(0, 0)),
        new(ProgramType.SocketFilter, "BPF_PROG_TYPE_SOCKET_FILTER", new Version(3, 19)),
        new(ProgramType.Kprobe, "BPF_PROG_TYPE_KPROBE", new Version(4, 1)),
        new(ProgramType.SchedCls, "BPF_PROG_TYPE_SCHED_CLS", new Version(4, 1)),
        new(ProgramType.SchedAct, "BPF_PROG_TYPE_SCHED_ACT", new Version(4, 1)),
        new(ProgramType.Tracepoint, "BPF_PROG_TYPE_TRACEPOINT", new Version(4, 7)),
        new(ProgramType.Xdp, "BPF_PROG_TYPE_XDP", new Version(4, 8)),
        new(ProgramType.PerfEvent, "BPF_PROG_TYPE_PERF_EVENT", new Version(4, 9)),
        new(ProgramType.CgroupSkb, "BPF_PROG_TYPE_CGROUP_SKB", new Version(4, 10)),
        new(ProgramType.CgroupSock, "BPF_PROG_TYPE_CGROUP_SOCK", new Version(4, 10)),
        new(ProgramType.LwtIn, "BPF_PROG_TYPE_LWT_IN", new Version(4, 10)),
        new(ProgramType.LwtOut, "BPF_PROG_TYPE_LWT_OUT", new Version(4, 10)),
        new(ProgramType.LwtXmit, "BPF_PROG_TYPE_LWT_XMIT", new Version(4, 10)),
        new(ProgramType.SockOps, "BPF_PROG_TYPE_SOCK_OPS", new Version(4, 13)),
        new(ProgramType.SkSkb, "BPF_PROG_TYPE_SK_SKB", new Version(4, 14)),
        new(ProgramType.CgroupDevice, "BPF_PROG_TYPE_CGROUP_DEVICE", new Version(4, 15)),
        new(ProgramType.SkMsg, "BPF_PROG_TYPE_SK_MSG", new Version(4, 17)),
        new(ProgramType.RawTracepoint, "BPF_PROG_TYPE_RAW_TRACEPOINT", new Version(4, 17)),
        new(ProgramType.CgroupSockAddr, "BPF_PROG_TYPE_CGROUP_SOCK_ADDR", new Version(4, 17)),
        new(ProgramType.LwtSeg6Local, "BPF_PROG_TYPE_LWT_SEG6LOCAL", new Version(4, 18)),
        new(ProgramType.LircMode2, "BPF_PROG_TYPE_LIRC_MODE2", new Version(4, 18)),
        new(ProgramType.SkReuseport, "BPF_PROG_TYPE_SK_REUSEPORT", new Version(4, 19)),
        new(ProgramType.FlowDissector, "BPF_PROG_TYPE_FLOW_DISSECTOR", new Version(4, 20)),
        new(ProgramType.CgroupSysctl, "BPF_PROG_TYPE_CGROUP_SYSCTL", new Version(5, 2)),
        new(ProgramType.RawTracepointWritable, "BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE", new Version(5, 2)),
        new(ProgramType.CgroupSockopt, "BPF_PROG_TYPE_CGROUP_SOCKOPT", new Version(5, 3)),
        new(ProgramType.Tracing, "BPF_PROG_TYPE_TRACING", new Version(5, 5)),
        new(ProgramType.StructOps, "BPF_PROG_TYPE_STRUCT_OPS", new Version(5, 6)),
        new(ProgramType.Extension, "BPF_PROG_TYPE_EXT", new Version(5, 6)),
        new(ProgramType.Lsm, "BPF_PROG_TYPE_LSM", new Version(5, 7)),
        new(ProgramType.SkLookup, "BPF_PROG_TYPE_SK_LOOKUP", new Version(5, 9)),
        new(ProgramType.Syscall, "BPF_PROG_TYPE_SYSCALL", new Version(5, 14)),
        new(ProgramType.Netfilter, "BPF_PROG_TYPE_NETFILTER", new Version(6, 4)),
    ]);
}
