// Generated from eng/tables/hooks.tsv by eng/Imker.TableGenerator; edit the table, not this file.
#nullable enable
using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>Hooks that would do instead of one that the kernel does not take.</summary>
internal static class HookAlternatives
{
    /// <summary>Completes "instead: …"; null where nothing comes close.</summary>
    internal static string? Of(ProgramType type, AttachType? attachType) => (type, attachType) switch
    {
        (ProgramType.Kprobe, AttachType.TraceKprobeMulti) => "kprobe, one for each function",
        (ProgramType.Kprobe, AttachType.TraceKprobeSession) => "a kprobe and a kretprobe",
        (ProgramType.Kprobe, AttachType.TraceUprobeMulti) => "uprobe, one for each function",
        (ProgramType.Kprobe, AttachType.TraceUprobeSession) => "a uprobe and a uretprobe",
        (ProgramType.Tracing, AttachType.TraceRawTracepoint) => "a raw tracepoint (raw_tp)",
        (ProgramType.Tracing, AttachType.TraceFentry) => "kprobe; tp_btf where a tracepoint stands",
        (ProgramType.Tracing, AttachType.TraceFexit) => "kretprobe; tp_btf where a tracepoint stands",
        (ProgramType.Tracing, AttachType.ModifyReturn) => "an LSM program; cgroup hooks for sockets and devices; seccomp for system calls",
        (ProgramType.Tracing, AttachType.TraceIter) => "what /proc tells",
        (ProgramType.Lsm, AttachType.LsmMac) => "cgroup hooks (cgroup/bind4, cgroup/connect4, cgroup/dev); to see without refusing tp_btf",
        (ProgramType.Lsm, AttachType.LsmCgroup) => "cgroup/bind4 and its like; lsm that asks bpf_get_current_cgroup_id",
        (ProgramType.StructOps, AttachType.StructOps) => "the section .struct_ops, registered until it is removed (StructOpsRegistration)",
        (ProgramType.Xdp, AttachType.Xdp) => "tc; netlink (NetlinkXdp) where an older program has to be replaced",
        (ProgramType.SchedCls, AttachType.TcxIngress) => "clsact (section tc)",
        (ProgramType.SchedCls, AttachType.TcxEgress) => "clsact (section tc)",
        (ProgramType.SchedCls, AttachType.NetkitPrimary) => "tcx on a veth pair (section tcx/egress)",
        (ProgramType.SchedCls, AttachType.NetkitPeer) => "tcx on a veth pair (section tcx/ingress)",
        (ProgramType.Netfilter, AttachType.Netfilter) => "tc or cgroup_skb",
        (ProgramType.SkLookup, AttachType.SkLookup) => "sk_reuseport, or tc with bpf_sk_assign",
        (ProgramType.SkReuseport, AttachType.SkReuseportSelectOrMigrate) => "sk_reuseport",
        (ProgramType.SkSkb, AttachType.SkSkbVerdict) => "sk_skb/stream_parser and sk_skb/stream_verdict",
        (ProgramType.CgroupSockAddr, AttachType.CgroupUnixConnect) => "an LSM program (lsm/unix_stream_connect)",
        (ProgramType.CgroupSockAddr, AttachType.CgroupUnixSendmsg) => "an LSM program (lsm/unix_may_send)",
        (ProgramType.Kprobe, _) => "a raw tracepoint (raw_tp), a typed one (tp_btf) or fentry where the kernel has it; uprobes for user space",
        (ProgramType.RawTracepoint, _) => "a tracepoint (section tracepoint)",
        (ProgramType.Extension, _) => "a tail call through an array of programs",
        (ProgramType.Syscall, _) => "a test run of a raw tracepoint program",
        (ProgramType.SchedAct, _) => "a classifier of its own (section tc), whose return value is the action",
        (ProgramType.LwtIn, _) => "tc ingress",
        (ProgramType.LwtOut, _) => "tc egress",
        (ProgramType.LwtXmit, _) => "tc egress",
        (ProgramType.LwtSeg6Local, _) => "tc ingress",
        _ => null,
    };
}
