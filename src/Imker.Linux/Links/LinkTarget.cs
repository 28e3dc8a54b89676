using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>What a link attaches to (the union of <c>struct bpf_link_info</c>).</summary>
public abstract record LinkTarget
{
    private protected LinkTarget()
    {
    }
}

/// <summary>What is told of links of a kind that this library does not know, and of kinds that tell nothing.</summary>
public sealed record UnknownLinkTarget : LinkTarget;

public sealed record RawTracepointLinkTarget(string Name) : LinkTarget;

/// <summary>A function of the kernel or of another program, by its type.</summary>
/// <param name="AttachType">Entry, return, and so on.</param>
/// <param name="ObjectId">The type information, or the program, that holds it.</param>
/// <param name="BtfId">Its type there.</param>
public sealed record TracingLinkTarget(AttachType AttachType, uint ObjectId, uint BtfId) : LinkTarget;

public sealed record CgroupLinkTarget(ulong CgroupId, AttachType AttachType) : LinkTarget;

/// <param name="Name">What is walked over, such as <c>bpf_map_elem</c>.</param>
/// <param name="MapId">For elements of a map, the map.</param>
/// <param name="CgroupId">For cgroups, where it begins; 0 otherwise.</param>
/// <param name="TaskId">For tasks, the only one; 0 for all.</param>
public sealed record IteratorLinkTarget(string Name, uint MapId, ulong CgroupId, uint TaskId) : LinkTarget;

/// <summary>A network namespace, by its inode.</summary>
public sealed record NetnsLinkTarget(uint Inode, AttachType AttachType) : LinkTarget;

/// <summary>A network interface; XDP has no attach type.</summary>
public sealed record InterfaceLinkTarget(uint Index, AttachType? AttachType) : LinkTarget;

public sealed record StructOpsLinkTarget(uint MapId) : LinkTarget;

/// <param name="ProtocolFamily">2 for IPv4, 10 for IPv6.</param>
/// <param name="Hook">From prerouting, 0, to postrouting, 4.</param>
/// <param name="Priority">Lower ones run first.</param>
/// <param name="Flags"><c>BPF_F_NETFILTER_IP_DEFRAG</c> is 1.</param>
public sealed record NetfilterLinkTarget(uint ProtocolFamily, uint Hook, int Priority, uint Flags) : LinkTarget;

/// <param name="IsReturn">At the functions' returns.</param>
/// <param name="Missed">Hits that did not run it.</param>
/// <param name="Addresses">The functions.</param>
public sealed record KprobeMultiLinkTarget(bool IsReturn, ulong Missed, ImmutableArray<ulong> Addresses) : LinkTarget;

/// <param name="IsReturn">At the functions' returns.</param>
/// <param name="Path">The file.</param>
/// <param name="ProcessId">The only process; 0 for all.</param>
/// <param name="Offsets">Places in the file.</param>
public sealed record UprobeMultiLinkTarget(bool IsReturn, string Path, uint ProcessId, ImmutableArray<ulong> Offsets) : LinkTarget;

public sealed record SockmapLinkTarget(uint MapId, AttachType AttachType) : LinkTarget;

public enum PerfEventKind
{
    Unspecified = 0,

    /// <summary><c>BPF_PERF_EVENT_UPROBE</c></summary>
    Uprobe = 1,
    Uretprobe = 2,
    Kprobe = 3,
    Kretprobe = 4,
    Tracepoint = 5,

    /// <summary>A counter or clock.</summary>
    Event = 6,
}

/// <param name="Kind">What the event is; <see cref="PerfEventKind.Unspecified"/> before 6.6.</param>
/// <param name="Name">The file of uprobes, the function of kprobes, the tracepoint.</param>
/// <param name="Offset">Of probes, from the beginning of the file or the function.</param>
/// <param name="Address">Of kprobes.</param>
/// <param name="Config">Of counters: which one, of the type <paramref name="EventType"/> (<c>perf_event_open(2)</c>).</param>
/// <param name="EventType">Of counters.</param>
public sealed record PerfEventLinkTarget(PerfEventKind Kind, string Name, uint Offset, ulong Address, ulong Config, uint EventType) : LinkTarget;
