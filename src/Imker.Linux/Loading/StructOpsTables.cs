using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The tables of functions of one object, and which member of which table each of its programs is.</summary>
internal sealed class StructOpsTables
{
    private readonly Dictionary<string, StructOpsTable> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (uint TypeId, int Member)> members = new(StringComparer.Ordinal);

    /// <exception cref="BpfException">This kernel has no such table, or a program is for two different members.</exception>
    internal StructOpsTables(BpfObject source)
    {
        List<MapSpec> specs = [.. source.Maps.Where(map => map.StructOps is { IsOnRequest: false })];
        if (specs.Count == 0)
            return;
        BtfFile types = BtfFile.Read(source.Name, source.Btf);
        foreach (MapSpec spec in specs)
        {
            StructOpsTable table = StructOpsTable.Of(spec, types);
            tables.Add(spec.Name, table);
            foreach (StructOpsFunction function in spec.StructOps!.Functions)
            {
                (uint, int) member = (table.TypeId, table.MemberOf(function));
                if (!members.TryAdd(function.Program, member) && members[function.Program] != member)
                    throw new BpfException($"load program '{function.Program}'", "BPF_PROG_LOAD", Errno.Invalid, "it is for two different members of tables");
            }
        }
    }

    internal MapParameters? ParametersOf(MapSpec spec, BtfHandle? btf) => tables.TryGetValue(spec.Name, out StructOpsTable? table) ? table.Parameters(btf) : null;

    /// <summary>What a program is typed by; null for programs of other types.</summary>
    /// <exception cref="BpfException">No table has the program.</exception>
    internal (uint TypeId, AttachType Member)? MemberOf(ProgramSpec program)
    {
        if (program.Type != ProgramType.StructOps)
            return null;
        return members.TryGetValue(program.Name, out (uint TypeId, int Member) member)
            ? (member.TypeId, (AttachType)member.Member)
            : throw new BpfException($"load program '{program.Name}'", "BPF_PROG_LOAD", Errno.Invalid, "no table in '.struct_ops' has it for a member");
    }

    /// <summary>The maps of the tables that are loaded.</summary>
    internal IEnumerable<MapSpec> All(BpfObject source) => source.Maps.Where(map => tables.ContainsKey(map.Name));

    /// <summary>Writes a table, whose programs are called from then on while the link is held.</summary>
    /// <exception cref="BpfException">The kernel refuses it, or has another table.</exception>
    internal KernelLink Attach(MapSpec spec, KernelMap map, IReadOnlyDictionary<string, KernelProgram> programs)
    {
        byte[] value = tables[spec.Name].Value(programs);
        if (!spec.StructOps!.NeedsLink)
            return StructOpsRegistration.Register(map, value);
        map.Update(new byte[sizeof(int)], value);
        return StructOpsLink.Attach(map);
    }
}
