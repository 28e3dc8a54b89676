// Generated from eng/tables/attach-types.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Bytecode;

/// <summary>Where a program is attached (<c>enum bpf_attach_type</c>).</summary>
public enum AttachType
{
    /// <summary><c>BPF_CGROUP_INET_INGRESS</c>, kernel 4.10</summary>
    CgroupInetIngress = 0,

    /// <summary><c>BPF_CGROUP_INET_EGRESS</c>, kernel 4.10</summary>
    CgroupInetEgress = 1,

    /// <summary><c>BPF_CGROUP_INET_SOCK_CREATE</c>, kernel 4.10</summary>
    CgroupInetSockCreate = 2,

    /// <summary><c>BPF_CGROUP_SOCK_OPS</c>, kernel 4.13</summary>
    CgroupSockOps = 3,

    /// <summary><c>BPF_SK_SKB_STREAM_PARSER</c>, kernel 4.14</summary>
    SkSkbStreamParser = 4,

    /// <summary><c>BPF_SK_SKB_STREAM_VERDICT</c>, kernel 4.14</summary>
    SkSkbStreamVerdict = 5,

    /// <summary><c>BPF_CGROUP_DEVICE</c>, kernel 4.15</summary>
    CgroupDevice = 6,

    /// <summary><c>BPF_SK_MSG_VERDICT</c>, kernel 4.17</summary>
    SkMsgVerdict = 7,

    /// <summary><c>BPF_CGROUP_INET4_BIND</c>, kernel 4.17</summary>
    CgroupInet4Bind = 8,

    /// <summary><c>BPF_CGROUP_INET6_BIND</c>, kernel 4.17</summary>
    CgroupInet6Bind = 9,

    /// <summary><c>BPF_CGROUP_INET4_CONNECT</c>, kernel 4.17</summary>
    CgroupInet4Connect = 10,

    /// <summary><c>BPF_CGROUP_INET6_CONNECT</c>, kernel 4.17</summary>
    CgroupInet6Connect = 11,

    /// <summary><c>BPF_CGROUP_INET4_POST_BIND</c>, kernel 4.17</summary>
    CgroupInet4PostBind = 12,

    /// <summary><c>BPF_CGROUP_INET6_POST_BIND</c>, kernel 4.17</summary>
    CgroupInet6PostBind = 13,

    /// <summary><c>BPF_CGROUP_UDP4_SENDMSG</c>, kernel 4.18</summary>
    CgroupUdp4Sendmsg = 14,

    /// <summary><c>BPF_CGROUP_UDP6_SENDMSG</c>, kernel 4.18</summary>
    CgroupUdp6Sendmsg = 15,

    /// <summary><c>BPF_LIRC_MODE2</c>, kernel 4.18</summary>
    LircMode2 = 16,

    /// <summary><c>BPF_FLOW_DISSECTOR</c>, kernel 4.20</summary>
    FlowDissector = 17,

    /// <summary><c>BPF_CGROUP_SYSCTL</c>, kernel 5.2</summary>
    CgroupSysctl = 18,

    /// <summary><c>BPF_CGROUP_UDP4_RECVMSG</c>, kernel 5.2</summary>
    CgroupUdp4Recvmsg = 19,

    /// <summary><c>BPF_CGROUP_UDP6_RECVMSG</c>, kernel 5.2</summary>
    CgroupUdp6Recvmsg = 20,

    /// <summary><c>BPF_CGROUP_GETSOCKOPT</c>, kernel 5.3</summary>
    CgroupGetsockopt = 21,

    /// <summary><c>BPF_CGROUP_SETSOCKOPT</c>, kernel 5.3</summary>
    CgroupSetsockopt = 22,

    /// <summary><c>BPF_TRACE_RAW_TP</c>, kernel 5.5</summary>
    TraceRawTracepoint = 23,

    /// <summary><c>BPF_TRACE_FENTRY</c>, kernel 5.5</summary>
    TraceFentry = 24,

    /// <summary><c>BPF_TRACE_FEXIT</c>, kernel 5.5</summary>
    TraceFexit = 25,

    /// <summary><c>BPF_MODIFY_RETURN</c>, kernel 5.7</summary>
    ModifyReturn = 26,

    /// <summary><c>BPF_LSM_MAC</c>, kernel 5.7</summary>
    LsmMac = 27,

    /// <summary><c>BPF_TRACE_ITER</c>, kernel 5.8</summary>
    TraceIter = 28,

    /// <summary><c>BPF_CGROUP_INET4_GETPEERNAME</c>, kernel 5.8</summary>
    CgroupInet4Getpeername = 29,

    /// <summary><c>BPF_CGROUP_INET6_GETPEERNAME</c>, kernel 5.8</summary>
    CgroupInet6Getpeername = 30,

    /// <summary><c>BPF_CGROUP_INET4_GETSOCKNAME</c>, kernel 5.8</summary>
    CgroupInet4Getsockname = 31,

    /// <summary><c>BPF_CGROUP_INET6_GETSOCKNAME</c>, kernel 5.8</summary>
    CgroupInet6Getsockname = 32,

    /// <summary><c>BPF_XDP_DEVMAP</c>, kernel 5.8</summary>
    XdpDevmap = 33,

    /// <summary><c>BPF_CGROUP_INET_SOCK_RELEASE</c>, kernel 5.9</summary>
    CgroupInetSockRelease = 34,

    /// <summary><c>BPF_XDP_CPUMAP</c>, kernel 5.9</summary>
    XdpCpumap = 35,

    /// <summary><c>BPF_SK_LOOKUP</c>, kernel 5.9</summary>
    SkLookup = 36,

    /// <summary><c>BPF_XDP</c>, kernel 5.9</summary>
    Xdp = 37,

    /// <summary><c>BPF_SK_SKB_VERDICT</c>, kernel 5.13</summary>
    SkSkbVerdict = 38,

    /// <summary><c>BPF_SK_REUSEPORT_SELECT</c>, kernel 5.14</summary>
    SkReuseportSelect = 39,

    /// <summary><c>BPF_SK_REUSEPORT_SELECT_OR_MIGRATE</c>, kernel 5.14</summary>
    SkReuseportSelectOrMigrate = 40,

    /// <summary><c>BPF_PERF_EVENT</c>, kernel 5.15</summary>
    PerfEvent = 41,

    /// <summary><c>BPF_TRACE_KPROBE_MULTI</c>, kernel 5.18</summary>
    TraceKprobeMulti = 42,

    /// <summary><c>BPF_LSM_CGROUP</c>, kernel 6.0</summary>
    LsmCgroup = 43,

    /// <summary><c>BPF_STRUCT_OPS</c>, kernel 6.4</summary>
    StructOps = 44,

    /// <summary><c>BPF_NETFILTER</c>, kernel 6.4</summary>
    Netfilter = 45,

    /// <summary><c>BPF_TCX_INGRESS</c>, kernel 6.6</summary>
    TcxIngress = 46,

    /// <summary><c>BPF_TCX_EGRESS</c>, kernel 6.6</summary>
    TcxEgress = 47,

    /// <summary><c>BPF_TRACE_UPROBE_MULTI</c>, kernel 6.6</summary>
    TraceUprobeMulti = 48,

    /// <summary><c>BPF_CGROUP_UNIX_CONNECT</c>, kernel 6.7</summary>
    CgroupUnixConnect = 49,

    /// <summary><c>BPF_CGROUP_UNIX_SENDMSG</c>, kernel 6.7</summary>
    CgroupUnixSendmsg = 50,

    /// <summary><c>BPF_CGROUP_UNIX_RECVMSG</c>, kernel 6.7</summary>
    CgroupUnixRecvmsg = 51,

    /// <summary><c>BPF_CGROUP_UNIX_GETPEERNAME</c>, kernel 6.7</summary>
    CgroupUnixGetpeername = 52,

    /// <summary><c>BPF_CGROUP_UNIX_GETSOCKNAME</c>, kernel 6.7</summary>
    CgroupUnixGetsockname = 53,

    /// <summary><c>BPF_NETKIT_PRIMARY</c>, kernel 6.7</summary>
    NetkitPrimary = 54,

    /// <summary><c>BPF_NETKIT_PEER</c>, kernel 6.7</summary>
    NetkitPeer = 55,

    /// <summary><c>BPF_TRACE_KPROBE_SESSION</c>, kernel 6.10</summary>
    TraceKprobeSession = 56,

    /// <summary><c>BPF_TRACE_UPROBE_SESSION</c>, kernel 6.13</summary>
    TraceUprobeSession = 57,
}

public static partial class KernelConstants
{
    public static KernelConstantTable<AttachType> AttachTypes { get; } = new(
    [
        new(AttachType.CgroupInetIngress, "BPF_CGROUP_INET_INGRESS", new Version(4, 10)),
        new(AttachType.CgroupInetEgress, "BPF_CGROUP_INET_EGRESS", new Version(4, 10)),
        new(AttachType.CgroupInetSockCreate, "BPF_CGROUP_INET_SOCK_CREATE", new Version(4, 10)),
        new(AttachType.CgroupSockOps, "BPF_CGROUP_SOCK_OPS", new Version(4, 13)),
        new(AttachType.SkSkbStreamParser, "BPF_SK_SKB_STREAM_PARSER", new Version(4, 14)),
        new(AttachType.SkSkbStreamVerdict, "BPF_SK_SKB_STREAM_VERDICT", new Version(4, 14)),
        new(AttachType.CgroupDevice, "BPF_CGROUP_DEVICE", new Version(4, 15)),
        new(AttachType.SkMsgVerdict, "BPF_SK_MSG_VERDICT", new Version(4, 17)),
        new(AttachType.CgroupInet4Bind, "BPF_CGROUP_INET4_BIND", new Version(4, 17)),
        new(AttachType.CgroupInet6Bind, "BPF_CGROUP_INET6_BIND", new Version(4, 17)),
        new(AttachType.CgroupInet4Connect, "BPF_CGROUP_INET4_CONNECT", new Version(4, 17)),
        new(AttachType.CgroupInet6Connect, "BPF_CGROUP_INET6_CONNECT", new Version(4, 17)),
        new(AttachType.CgroupInet4PostBind, "BPF_CGROUP_INET4_POST_BIND", new Version(4, 17)),
        new(AttachType.CgroupInet6PostBind, "BPF_CGROUP_INET6_POST_BIND", new Version(4, 17)),
        new(AttachType.CgroupUdp4Sendmsg, "BPF_CGROUP_UDP4_SENDMSG", new Version(4, 18)),
        new(AttachType.CgroupUdp6Sendmsg, "BPF_CGROUP_UDP6_SENDMSG", new Version(4, 18)),
        new(AttachType.LircMode2, "BPF_LIRC_MODE2", new Version(4, 18)),
        new(AttachType.FlowDissector, "BPF_FLOW_DISSECTOR", new Version(4, 20)),
        new(AttachType.CgroupSysctl, "BPF_CGROUP_SYSCTL", new Version(5, 2)),
        new(AttachType.CgroupUdp4Recvmsg, "BPF_CGROUP_UDP4_RECVMSG", new Version(5, 2)),
        new(AttachType.CgroupUdp6Recvmsg, "BPF_CGROUP_UDP6_RECVMSG", new Version(5, 2)),
        new(AttachType.CgroupGetsockopt, "BPF_CGROUP_GETSOCKOPT", new Version(5, 3)),
        new(AttachType.CgroupSetsockopt, "BPF_CGROUP_SETSOCKOPT", new Version(5, 3)),
        new(AttachType.TraceRawTracepoint, "BPF_TRACE_RAW_TP", new Version(5, 5)),
        new(AttachType.TraceFentry, "BPF_TRACE_FENTRY", new Version(5, 5)),
        new(AttachType.TraceFexit, "BPF_TRACE_FEXIT", new Version(5, 5)),
        new(AttachType.ModifyReturn, "BPF_MODIFY_RETURN", new Version(5, 7)),
        new(AttachType.LsmMac, "BPF_LSM_MAC", new Version(5, 7)),
        new(AttachType.TraceIter, "BPF_TRACE_ITER", new Version(5, 8)),
        new(AttachType.CgroupInet4Getpeername, "BPF_CGROUP_INET4_GETPEERNAME", new Version(5, 8)),
        new(AttachType.CgroupInet6Getpeername, "BPF_CGROUP_INET6_GETPEERNAME", new Version(5, 8)),
        new(AttachType.CgroupInet4Getsockname, "BPF_CGROUP_INET4_GETSOCKNAME", new Version(5, 8)),
        new(AttachType.CgroupInet6Getsockname, "BPF_CGROUP_INET6_GETSOCKNAME", new Version(5, 8)),
        new(AttachType.XdpDevmap, "BPF_XDP_DEVMAP", new Version(5, 8)),
        new(AttachType.CgroupInetSockRelease, "BPF_CGROUP_INET_SOCK_RELEASE", new Version(5, 9)),
        new(AttachType.XdpCpumap, "BPF_XDP_CPUMAP", new Version(5, 9)),
        new(AttachType.SkLookup, "BPF_SK_LOOKUP", new Version(5, 9)),
        new(AttachType.Xdp, "BPF_XDP", new Version(5, 9)),
        new(AttachType.SkSkbVerdict, "BPF_SK_SKB_VERDICT", new Version(5, 13)),
        new(AttachType.SkReuseportSelect, "BPF_SK_REUSEPORT_SELECT", new Version(5, 14)),
        new(AttachType.SkReuseportSelectOrMigrate, "BPF_SK_REUSEPORT_SELECT_OR_MIGRATE", new Version(5, 14)),
        new(AttachType.PerfEvent, "BPF_PERF_EVENT", new Version(5, 15)),
        new(AttachType.TraceKprobeMulti, "BPF_TRACE_KPROBE_MULTI", new Version(5, 18)),
        new(AttachType.LsmCgroup, "BPF_LSM_CGROUP", new Version(6, 0)),
        new(AttachType.StructOps, "BPF_STRUCT_OPS", new Version(6, 4)),
        new(AttachType.Netfilter, "BPF_NETFILTER", new Version(6, 4)),
        new(AttachType.TcxIngress, "BPF_TCX_INGRESS", new Version(6, 6)),
        new(AttachType.TcxEgress, "BPF_TCX_EGRESS", new Version(6, 6)),
        new(AttachType.TraceUprobeMulti, "BPF_TRACE_UPROBE_MULTI", new Version(6, 6)),
        new(AttachType.CgroupUnixConnect, "BPF_CGROUP_UNIX_CONNECT", new Version(6, 7)),
        new(AttachType.CgroupUnixSendmsg, "BPF_CGROUP_UNIX_SENDMSG", new Version(6, 7)),
        new(AttachType.CgroupUnixRecvmsg, "BPF_CGROUP_UNIX_RECVMSG", new Version(6, 7)),
        new(AttachType.CgroupUnixGetpeername, "BPF_CGROUP_UNIX_GETPEERNAME", new Version(6, 7)),
        new(AttachType.CgroupUnixGetsockname, "BPF_CGROUP_UNIX_GETSOCKNAME", new Version(6, 7)),
        new(AttachType.NetkitPrimary, "BPF_NETKIT_PRIMARY", new Version(6, 7)),
        new(AttachType.NetkitPeer, "BPF_NETKIT_PEER", new Version(6, 7)),
        new(AttachType.TraceKprobeSession, "BPF_TRACE_KPROBE_SESSION", new Version(6, 10)),
        new(AttachType.TraceUprobeSession, "BPF_TRACE_UPROBE_SESSION", new Version(6, 13)),
    ]);
}
