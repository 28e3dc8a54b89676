using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Attaches programs by what their sections say they are, to places that somebody else names.</summary>
internal static class HookAttachment
{
    /// <summary>Empty for programs that are reached from others, by a map or by a call, and not attached.</summary>
    /// <exception cref="BpfException">The place is not named, or the kernel refuses it.</exception>
    internal static IEnumerable<KernelLink> Attach(
        KernelProgram program, ProgramSpec spec, HookTargets targets, IReadOnlyDictionary<string, KernelMap> maps) => (spec.Type, spec.ExpectedAttachType) switch
    {
        (ProgramType.Xdp, AttachType.Xdp or null) => [XdpLink.Attach(program, Interface(spec, targets), targets.XdpMode)],
        (ProgramType.SchedCls, { } attachType) => [TcxLink.Attach(program, attachType, Interface(spec, targets))],
        (ProgramType.SchedCls or ProgramType.SchedAct, null) => [ClsactFilter.Attach(program, Interface(spec, targets), targets.IsEgress)],
        (ProgramType.Netfilter, _) => [NetfilterLink.Attach(program, targets.Netfilter)],
        (ProgramType.SkLookup or ProgramType.FlowDissector, _) => [NetworkNamespaceLink.Attach(program, targets.NetworkNamespace)],
        (ProgramType.CgroupSkb, null) =>
            [CgroupLink.Attach(program, targets.IsEgress ? AttachType.CgroupInetEgress : AttachType.CgroupInetIngress, Cgroup(spec, targets))],
        (ProgramType.SockOps or ProgramType.Lsm, { } attachType) => [CgroupLink.Attach(program, attachType, Cgroup(spec, targets))],
        (_, { } attachType) when IsForCgroups(spec.Type) => [CgroupLink.Attach(program, attachType, Cgroup(spec, targets))],
        (ProgramType.SkSkb or ProgramType.SkMsg, { } attachType) =>
            maps.Values.Where(map => map.Type is MapType.Sockmap or MapType.Sockhash).Select(map => SockmapLink.Attach(program, attachType, map)),
        (ProgramType.PerfEvent, _) => [PerfEventLink.Attach(program, targets.Counter, targets.ProcessId)],
        (ProgramType.Extension, _) => [TracingLink.Attach(program, spec.DisplayName)],
        (ProgramType.Syscall or ProgramType.StructOps or ProgramType.Xdp, _) => [],
        _ => throw Unnamed(spec, "a place that its section names, or a call of the one of Imker.Linux's links that is made for it"),
    };

    private static bool IsForCgroups(ProgramType type) => type is ProgramType.CgroupSkb or ProgramType.CgroupSock or ProgramType.CgroupSockAddr
        or ProgramType.CgroupSockopt or ProgramType.CgroupSysctl or ProgramType.CgroupDevice;

    private static int Interface(ProgramSpec spec, HookTargets targets) => targets.InterfaceIndex ?? throw Unnamed(spec, "an interface");

    private static string Cgroup(ProgramSpec spec, HookTargets targets) => targets.Cgroup ?? throw Unnamed(spec, "a cgroup");

    private static BpfException Unnamed(ProgramSpec spec, string what) => new(
        $"attach '{spec.Name}'", "BPF_LINK_CREATE", Errno.NoEntry, $"its section '{spec.DisplayName}' does not say where: it takes {what}");
}
