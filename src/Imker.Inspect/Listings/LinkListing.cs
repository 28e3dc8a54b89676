using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Links in the kernel, with the keys of <c>bpftool link show</c>.</summary>
public static class LinkListing
{
    private static readonly RecordColumn[] columns =
    [
        new("ID", "id", IsRight: true),
        new("TYPE", "type"),
        new("PROG", "prog_id", IsRight: true),
        new("PROG_TYPE", "prog_type"),
        new("PROG_NAME", "prog_name"),
        new("TARGET", "target"),
        new("PINNED", "pinned", Show: RecordColumn.Joined),
        new("PIDS", "pids", Show: HolderText.Of),
    ];

    /// <inheritdoc cref="ProgramListing.Write"/>
    public static void Write(RecordOutput output, KernelInventory inventory, ObjectSelector? which)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        var targets = new LinkTargets(inventory);
        List<OutputValue> records = [];
        foreach (KernelLink link in ObjectSelector.Links(which))
        {
            using (link)
                records.Add(Record(link.GetInfo(), targets, inventory, output.IsJson));
        }
        output.WriteList(columns, records);
    }

    private static OutputValue Record(LinkInfo info, LinkTargets targets, KernelInventory inventory, bool isJson)
    {
        var record = new RecordBuilder().Add("id", info.Id).Add("type", KernelConstants.LinkTypes.NameOf(info.Type));
        record.AddIf(info.ProgramId != 0, "prog_id", info.ProgramId);
        using (KernelProgram? program = info.ProgramId == 0 ? null : KernelProgram.TryOpen(info.ProgramId))
        {
            if (program is not null)
                record.Add("prog_type", KernelConstants.ProgramTypes.NameOf(program.Type));
            if (program is not null && !isJson)
                record.Add("prog_name", FullProgramName.Of(program, program.GetInfo(), inventory));
        }
        if (isJson)
            targets.AddFields(record, info.Target);
        else
            record.Add("target", targets.Describe(info.Target));
        inventory.AddHolders(record, KernelObjectKind.Link, info.Id);
        return record.Build();
    }
}
