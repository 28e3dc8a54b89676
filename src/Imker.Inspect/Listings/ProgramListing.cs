using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Programs in the kernel, with the keys of <c>bpftool prog show</c>.</summary>
public static class ProgramListing
{
    private static readonly RecordColumn[] columns =
    [
        new("ID", "id", IsRight: true),
        new("TYPE", "type"),
        new("NAME", "name"),
        new("TAG", "tag"),
        new("LOADED", "loaded_at", Show: value => DateTimeOffset.FromUnixTimeSeconds(value.Bits).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)),
        new("UID", "uid", IsRight: true),
        new("XLATED", "bytes_xlated", IsRight: true),
        new("JITED", "bytes_jited", IsRight: true),
        new("MEMLOCK", "bytes_memlock", IsRight: true),
        new("RUNS", "run_cnt", IsRight: true),
        new("RUN_NS", "run_time_ns", IsRight: true),
        new("MISSED", "recursion_misses", IsRight: true),
        new("MAPS", "map_ids", Show: RecordColumn.Joined),
        new("BTF", "btf_id", IsRight: true),
        new("PINNED", "pinned", Show: RecordColumn.Joined),
        new("PIDS", "pids", Show: HolderText.Of),
    ];

    /// <param name="which">Null for all.</param>
    /// <exception cref="InspectException">There is none.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Write(RecordOutput output, KernelInventory inventory, ObjectSelector? which)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        List<OutputValue> records = [];
        foreach (KernelProgram program in ObjectSelector.Programs(which))
        {
            using (program)
                records.Add(Record(program, inventory));
        }
        output.WriteList(columns, records);
    }

    private static OutputValue Record(KernelProgram program, KernelInventory inventory)
    {
        ProgramInfo info = program.GetInfo();
        var record = new RecordBuilder().Add("id", info.Id).Add("type", KernelConstants.ProgramTypes.NameOf(info.Type));
        string name = FullProgramName.Of(program, info, inventory);
        record.AddIf(name.Length > 0, "name", name).Add("tag", info.Tag).Add("gpl_compatible", info.IsGplCompatible);
        bool isMeasured = info.RunCount > 0;
        record.AddIf(isMeasured, "run_time_ns", (ulong)(info.RunTime.TotalMicroseconds * 1000)).AddIf(isMeasured, "run_cnt", info.RunCount);
        record.AddIf(info.RecursionMisses > 0, "recursion_misses", info.RecursionMisses);
        record.Add("loaded_at", (ulong)inventory.ToUnixSeconds(info.LoadedAfterBoot)).Add("uid", info.UserId).Add("bytes_xlated", (ulong)info.TranslatedLength);
        record.Add("jited", info.JitedLength > 0).AddIf(info.JitedLength > 0, "bytes_jited", (ulong)info.JitedLength);
        record.AddIf(info.Memory is not null, "bytes_memlock", info.Memory ?? 0).AddList("map_ids", info.MapIds.Select(id => OutputValue.Unsigned(id)));
        record.AddIf(info.BtfId != 0, "btf_id", info.BtfId);
        inventory.AddHolders(record, KernelObjectKind.Program, info.Id);
        return record.Build();
    }
}
