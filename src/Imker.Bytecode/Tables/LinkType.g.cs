// Generated from eng/tables/link-types.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Bytecode;

/// <summary>What a link attaches to (<c>enum bpf_link_type</c>).</summary>
public enum LinkType
{
    /// <summary><c>BPF_LINK_TYPE_UNSPEC</c></summary>
    Unspecified = 0,

    /// <summary><c>BPF_LINK_TYPE_RAW_TRACEPOINT</c>, kernel 5.7</summary>
    RawTracepoint = 1,

    /// <summary><c>BPF_LINK_TYPE_TRACING</c>, kernel 5.7</summary>
    Tracing = 2,

    /// <summary><c>BPF_LINK_TYPE_CGROUP</c>, kernel 5.7</summary>
    Cgroup = 3,

    /// <summary><c>BPF_LINK_TYPE_ITER</c>, kernel 5.8</summary>
    Iter = 4,

    /// <summary><c>BPF_LINK_TYPE_NETNS</c>, kernel 5.8</summary>
    Netns = 5,

    /// <summary><c>BPF_LINK_TYPE_XDP</c>, kernel 5.9</summary>
    Xdp = 6,

    /// <summary><c>BPF_LINK_TYPE_PERF_EVENT</c>, kernel 5.15</summary>
    PerfEvent = 7,

    /// <summary><c>BPF_LINK_TYPE_KPROBE_MULTI</c>, kernel 5.18</summary>
    KprobeMulti = 8,

    /// <summary><c>BPF_LINK_TYPE_STRUCT_OPS</c>, kernel 5.19</summary>
    StructOps = 9,

    /// <summary><c>BPF_LINK_TYPE_NETFILTER</c>, kernel 6.4</summary>
    Netfilter = 10,

    /// <summary><c>BPF_LINK_TYPE_TCX</c>, kernel 6.6</summary>
    Tcx = 11,

    /// <summary><c>BPF_LINK_TYPE_UPROBE_MULTI</c>, kernel 6.6</summary>
    UprobeMulti = 12,

    /// <summary><c>BPF_LINK_TYPE_NETKIT</c>, kernel 6.7</summary>
    Netkit = 13,

    /// <summary><c>BPF_LINK_TYPE_SOCKMAP</c>, kernel 6.10</summary>
    Sockmap = 14,
}

public static partial class KernelConstants
{
    public static KernelConstantTable<LinkType> LinkTypes { get; } = new(
    [
        new(LinkType.Unspecified, "BPF_LINK_TYPE_UNSPEC", new Version(0, 0)),
        new(LinkType.RawTracepoint, "BPF_LINK_TYPE_RAW_TRACEPOINT", new Version(5, 7)),
        new(LinkType.Tracing, "BPF_LINK_TYPE_TRACING", new Version(5, 7)),
        new(LinkType.Cgroup, "BPF_LINK_TYPE_CGROUP", new Version(5, 7)),
        new(LinkType.Iter, "BPF_LINK_TYPE_ITER", new Version(5, 8)),
        new(LinkType.Netns, "BPF_LINK_TYPE_NETNS", new Version(5, 8)),
        new(LinkType.Xdp, "BPF_LINK_TYPE_XDP", new Version(5, 9)),
        new(LinkType.PerfEvent, "BPF_LINK_TYPE_PERF_EVENT", new Version(5, 15)),
        new(LinkType.KprobeMulti, "BPF_LINK_TYPE_KPROBE_MULTI", new Version(5, 18)),
        new(LinkType.StructOps, "BPF_LINK_TYPE_STRUCT_OPS", new Version(5, 19)),
        new(LinkType.Netfilter, "BPF_LINK_TYPE_NETFILTER", new Version(6, 4)),
        new(LinkType.Tcx, "BPF_LINK_TYPE_TCX", new Version(6, 6)),
        new(LinkType.UprobeMulti, "BPF_LINK_TYPE_UPROBE_MULTI", new Version(6, 6)),
        new(LinkType.Netkit, "BPF_LINK_TYPE_NETKIT", new Version(6, 7)),
        new(LinkType.Sockmap, "BPF_LINK_TYPE_SOCKMAP", new Version(6, 10)),
    ]);
}
