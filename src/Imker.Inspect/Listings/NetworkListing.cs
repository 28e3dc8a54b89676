using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Programs on the network of this namespace, with the keys of <c>bpftool net</c>.</summary>
public static class NetworkListing
{
    private const string OwnNamespace = "/proc/thread-self/ns/net";

    private static readonly RecordColumn[] columns =
    [
        new("WHERE", "where"), new("INTERFACE", "devname"), new("KIND", "kind"), new("PROG", "id", IsRight: true), new("NAME", "name"),
    ];

    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Write(RecordOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        List<OutputValue> xdp = [.. NetworkPrograms.Xdp().Select(p => Record(output, "xdp", p, "mode"))];
        List<OutputValue> tc = [.. NetworkPrograms.TrafficControl().Select(p => Record(output, "tc", p, "kind"))];
        List<OutputValue> dissectors = [.. ProgramQuery.OfNetworkNamespace(OwnNamespace, AttachType.FlowDissector).ProgramIds
            .Select(id => Record(output, "flow_dissector", new NetworkProgram("", 0, "", id), ""))];
        List<OutputValue> netfilter = [.. NetfilterLinks(output)];
        if (output.IsJson)
        {
            output.WriteJson(OutputValue.Array([new RecordBuilder().Add("xdp", List(xdp)).Add("tc", List(tc)).Add("flow_dissector", List(dissectors))
                .Add("netfilter", List(netfilter)).Build()]));
        }
        else
        {
            output.WriteList(columns, [.. xdp, .. tc, .. dissectors, .. netfilter]);
        }
    }

    private static OutputValue List(List<OutputValue> items) => OutputValue.Array([.. items]);

    private static OutputValue Record(RecordOutput output, string where, NetworkProgram program, string kindKey)
    {
        var record = new RecordBuilder();
        if (!output.IsJson)
            record.Add("where", where);
        if (program.InterfaceIndex != 0)
            record.Add("devname", program.Interface).AddIf(output.IsJson, "ifindex", (ulong)program.InterfaceIndex);
        if (program.Kind.Length > 0)
            record.Add(output.IsJson ? kindKey : "kind", program.Kind);
        string name = program.Name.Length > 0 || output.IsJson ? program.Name : NameOf(program.ProgramId);
        return record.AddIf(name.Length > 0, "name", name).Add("id", program.ProgramId).Build();
    }

    private static IEnumerable<OutputValue> NetfilterLinks(RecordOutput output)
    {
        var targets = new LinkTargets(new KernelInventory(showsPins: false));
        foreach (KernelLink link in ObjectSelector.Links(null))
        {
            using (link)
            {
                LinkInfo info = link.GetInfo();
                if (info.Target is not NetfilterLinkTarget)
                    continue;
                var record = new RecordBuilder();
                if (output.IsJson)
                    targets.AddFields(record, info.Target);
                else
                    record.Add("where", "netfilter").Add("kind", targets.Describe(info.Target)).Add("name", NameOf(info.ProgramId));
                yield return record.Add(output.IsJson ? "prog_id" : "id", info.ProgramId).Build();
            }
        }
    }

    private static string NameOf(uint id)
    {
        using KernelProgram? program = KernelProgram.TryOpen(id);
        return program?.Name ?? "";
    }
}
