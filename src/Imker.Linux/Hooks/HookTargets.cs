namespace Imker.Linux;

/// <summary>Where programs go whose sections name a kind of hook and no place: <c>xdp</c>, <c>tc</c>, <c>cgroup/connect4</c>.</summary>
public sealed record HookTargets
{
    /// <summary>For XDP, tcx, netkit and clsact: the number of an interface of this network namespace.</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>Where XDP programs run.</summary>
    public XdpMode XdpMode { get; init; }

    /// <summary>For programs of the type SCHED_CLS without an attach type, and actions: whether they see what goes out.</summary>
    public bool IsEgress { get; init; }

    /// <summary>For the hooks of cgroups, <c>sockops</c> and <c>lsm_cgroup</c>: the directory of a cgroup of the unified hierarchy.</summary>
    public string? Cgroup { get; init; }

    /// <summary>For <c>sk_lookup</c> and <c>flow_dissector</c>: what stands for a network namespace.</summary>
    public string NetworkNamespace { get; init; } = "/proc/thread-self/ns/net";

    /// <summary>For <c>netfilter</c>.</summary>
    public NetfilterHook Netfilter { get; init; } = new(2, NetfilterPoint.LocalIn);

    /// <summary>For <c>perf_event</c>: what is counted; 99 ticks of the clock a second by default.</summary>
    public PerfCounter Counter { get; init; } = PerfCounter.CpuClock(ClockRate.TicksPerSecond(99));

    /// <summary>Only what this process does, for uprobes, USDT and counters; null for all processes.</summary>
    public int? ProcessId { get; init; }
}
