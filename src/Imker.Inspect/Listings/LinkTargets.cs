using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;
using Imker.Symbols;

namespace Imker.Inspect;

/// <summary>What links attach to, as fields of JSON and as words.</summary>
internal sealed class LinkTargets(KernelInventory inventory)
{
    private const uint HardwareEvents = 0, SoftwareEvents = 1;
    private const uint InternetProtocol4 = 2, InternetProtocol6 = 10;

    private static readonly string[] netfilterHooks = ["prerouting", "input", "forward", "output", "postrouting"];
    private static readonly string[] softwareEvents =
        ["cpu-clock", "task-clock", "page-faults", "context-switches", "cpu-migrations", "minor-faults", "major-faults", "alignment-faults", "emulation-faults", "dummy", "bpf-output", "cgroup-switches"];

    private readonly Lazy<Dictionary<int, string>> interfaces = new(() => NetworkInterface.All().ToDictionary(i => i.Index, i => i.Name));

    public void AddFields(RecordBuilder record, LinkTarget target)
    {
        switch (target)
        {
            case RawTracepointLinkTarget raw:
                record.Add("tp_name", raw.Name);
                break;
            case TracingLinkTarget tracing:
                AddAttachType(record, tracing.AttachType).Add("target_obj_id", tracing.ObjectId).Add("target_btf_id", tracing.BtfId);
                break;
            case CgroupLinkTarget cgroup:
                AddAttachType(record.Add("cgroup_id", cgroup.CgroupId), cgroup.AttachType);
                break;
            case IteratorLinkTarget iterator:
                record.Add("target_name", iterator.Name).AddIf(iterator.MapId != 0, "map_id", iterator.MapId);
                record.AddIf(iterator.CgroupId != 0, "cgroup_id", iterator.CgroupId).AddIf(iterator.TaskId != 0, "tid", iterator.TaskId);
                break;
            case NetnsLinkTarget netns:
                AddAttachType(record.Add("netns_ino", netns.Inode), netns.AttachType);
                break;
            case InterfaceLinkTarget device:
                record.Add("devname", InterfaceName(device.Index)).Add("ifindex", device.Index);
                if (device.AttachType is { } type)
                    AddAttachType(record, type);
                break;
            case StructOpsLinkTarget table:
                record.Add("map_id", table.MapId);
                break;
            case SockmapLinkTarget sockmap:
                AddAttachType(record.Add("map_id", sockmap.MapId), sockmap.AttachType);
                break;
            case NetfilterLinkTarget netfilter:
                record.Add("pf", netfilter.ProtocolFamily).Add("hook", netfilter.Hook).Add("prio", OutputValue.Signed(netfilter.Priority)).Add("flags", netfilter.Flags);
                break;
            case KprobeMultiLinkTarget kprobes:
                record.Add("retprobe", kprobes.IsReturn).Add("func_cnt", (ulong)kprobes.Addresses.Length).Add("missed", kprobes.Missed)
                    .AddList("funcs", kprobes.Addresses.Select(Function));
                break;
            case UprobeMultiLinkTarget uprobes:
                record.Add("retprobe", uprobes.IsReturn).Add("path", uprobes.Path).Add("func_cnt", (ulong)uprobes.Offsets.Length)
                    .AddIf(uprobes.ProcessId != 0, "pid", uprobes.ProcessId)
                    .AddList("funcs", uprobes.Offsets.Select(offset => new RecordBuilder().Add("offset", offset).Build()));
                break;
            case PerfEventLinkTarget perf:
                AddPerfEvent(record, perf);
                break;
        }
    }

    /// <summary>In a few words, such as <c>tracepoint sched/sched_switch</c>.</summary>
    public string Describe(LinkTarget target) => target switch
    {
        RawTracepointLinkTarget raw => $"raw tracepoint {raw.Name}",
        TracingLinkTarget tracing => $"{NameOf(tracing.AttachType)} {NameOfType(tracing)}",
        CgroupLinkTarget cgroup => $"{NameOf(cgroup.AttachType)} of cgroup {PathOf(cgroup.CgroupId)}",
        IteratorLinkTarget iterator => $"iterator {iterator.Name}{(iterator.MapId == 0 ? "" : $" of map {iterator.MapId}")}",
        NetnsLinkTarget netns => $"{NameOf(netns.AttachType)} of network namespace {netns.Inode}",
        InterfaceLinkTarget { AttachType: { } type } device => $"{NameOf(type)} of {InterfaceName(device.Index)}",
        InterfaceLinkTarget device => $"xdp of {InterfaceName(device.Index)}",
        StructOpsLinkTarget table => $"table of functions, map {table.MapId}",
        SockmapLinkTarget sockmap => $"{NameOf(sockmap.AttachType)} of map {sockmap.MapId}",
        NetfilterLinkTarget netfilter => $"netfilter {FamilyName(netfilter.ProtocolFamily)} {netfilterHooks.ElementAtOrDefault((int)netfilter.Hook) ?? $"hook {netfilter.Hook}"}, priority {netfilter.Priority}",
        KprobeMultiLinkTarget kprobes => $"{(kprobes.IsReturn ? "kretprobe" : "kprobe")} of {Several(kprobes.Addresses, address => inventory.Symbols.Resolve(address).Name ?? $"0x{address:x}")}",
        UprobeMultiLinkTarget uprobes => $"{(uprobes.IsReturn ? "uretprobe" : "uprobe")} {uprobes.Path} {Several(uprobes.Offsets, offset => $"+0x{offset:x}")}",
        PerfEventLinkTarget perf => Describe(perf),
        _ => "-",
    };

    private void AddPerfEvent(RecordBuilder record, PerfEventLinkTarget perf)
    {
        switch (perf.Kind)
        {
            case PerfEventKind.Uprobe or PerfEventKind.Uretprobe:
                record.Add("retprobe", perf.Kind == PerfEventKind.Uretprobe).Add("file", perf.Name).Add("offset", perf.Offset);
                break;
            case PerfEventKind.Kprobe or PerfEventKind.Kretprobe:
                record.Add("retprobe", perf.Kind == PerfEventKind.Kretprobe).Add("addr", OutputValue.Unsigned(perf.Address)).Add("func", perf.Name).Add("offset", perf.Offset);
                break;
            case PerfEventKind.Tracepoint:
                record.Add("tracepoint", perf.Name);
                break;
            case PerfEventKind.Event:
                record.Add("event_type", EventType(perf.EventType)).Add("event_config", EventName(perf));
                break;
        }
    }

    private string Describe(PerfEventLinkTarget perf) => perf.Kind switch
    {
        PerfEventKind.Uprobe or PerfEventKind.Uretprobe => $"{perf.Kind.ToString().ToLowerInvariant()} {perf.Name} +0x{perf.Offset:x}",
        PerfEventKind.Kprobe or PerfEventKind.Kretprobe => $"{perf.Kind.ToString().ToLowerInvariant()} {perf.Name}+0x{perf.Offset:x}",
        PerfEventKind.Tracepoint => $"tracepoint {perf.Name}",
        PerfEventKind.Event => $"{EventType(perf.EventType)} {EventName(perf)}",
        _ => "perf event",
    };

    private static string EventType(uint type) => type switch
    {
        HardwareEvents => "hardware",
        SoftwareEvents => "software",
        _ => $"{type}",
    };

    private static string EventName(PerfEventLinkTarget perf) =>
        perf.EventType == SoftwareEvents && perf.Config < (ulong)softwareEvents.Length ? softwareEvents[perf.Config] : $"{perf.Config}";

    private OutputValue Function(ulong address)
    {
        Symbolized symbol = inventory.Symbols.Resolve(address);
        return new RecordBuilder().Add("addr", address).Add("func", symbol.Name ?? "").Add("module", symbol.Module is { } module ? OutputValue.Text(module) : OutputValue.None).Build();
    }

    private static string Several(ImmutableArray<ulong> places, Func<ulong, string> name) => places switch
    {
        [] => "nothing",
        [var one] => name(one),
        [var first, ..] => $"{name(first)} and {places.Length - 1} more",
    };

    private string NameOfType(TracingLinkTarget tracing)
    {
        // A program's function (an extension) stands under the program's number.
        if (inventory.TypesOf(tracing.ObjectId) is not { } types || tracing.BtfId >= types.Count)
            return $"type {tracing.BtfId} of {tracing.ObjectId}";
        BtfType type = types[tracing.BtfId];
        return type.Kind is BtfKind.Function or BtfKind.Typedef ? type.Name : $"type {tracing.BtfId} of {tracing.ObjectId}";
    }

    private static string PathOf(ulong cgroup)
    {
        try
        {
            using CgroupTree tree = CgroupTree.Open();
            return tree.FindPath(cgroup) ?? $"{cgroup}";
        }
        catch (BpfException)
        {
            return $"{cgroup}";
        }
    }

    private string InterfaceName(uint index) => interfaces.Value.GetValueOrDefault((int)index) ?? $"interface {index}";

    private static RecordBuilder AddAttachType(RecordBuilder record, AttachType type) => record.Add("attach_type", NameOf(type));

    private static string NameOf(AttachType type) => KernelConstants.AttachTypes.NameOf(type);

    private static string FamilyName(uint family) => family switch
    {
        InternetProtocol4 => "ip",
        InternetProtocol6 => "ip6",
        _ => $"family {family}",
    };
}
