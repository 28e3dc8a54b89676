using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Maps in the kernel, with the keys of <c>bpftool map show</c>.</summary>
public static class MapListing
{
    private static readonly RecordColumn[] columns =
    [
        new("ID", "id", IsRight: true),
        new("TYPE", "type"),
        new("NAME", "name"),
        new("FLAGS", "flags", IsRight: true, Show: value => $"0x{value.Bits:x}"),
        new("KEY", "bytes_key", IsRight: true),
        new("VALUE", "bytes_value", IsRight: true),
        new("MAX_ENTRIES", "max_entries", IsRight: true),
        new("MEMLOCK", "bytes_memlock", IsRight: true),
        new("OWNER", "owner_prog_type"),
        new("FROZEN", "frozen", Show: value => value.Bits != 0 ? "yes" : "-"),
        new("BTF", "btf_id", IsRight: true),
        new("PINNED", "pinned", Show: RecordColumn.Joined),
        new("PIDS", "pids", Show: HolderText.Of),
    ];

    /// <inheritdoc cref="ProgramListing.Write"/>
    public static void Write(RecordOutput output, KernelInventory inventory, ObjectSelector? which)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        List<OutputValue> records = [];
        foreach (KernelMap map in ObjectSelector.Maps(which))
        {
            using (map)
                records.Add(Record(map.GetInfo(), inventory));
        }
        output.WriteList(columns, records);
    }

    private static OutputValue Record(MapInfo info, KernelInventory inventory)
    {
        var record = new RecordBuilder().Add("id", info.Id).Add("type", KernelConstants.MapTypes.NameOf(info.Type));
        record.AddIf(info.Name.Length > 0, "name", info.Name).Add("flags", (ulong)info.Flags);
        record.Add("bytes_key", (ulong)info.KeySize).Add("bytes_value", (ulong)info.ValueSize).Add("max_entries", info.MaxEntries);
        record.AddIf(info.Memory is not null, "bytes_memlock", info.Memory ?? 0);
        if (info.OwnerType is { } owner)
            record.Add("owner_prog_type", KernelConstants.ProgramTypes.NameOf(owner)).Add("owner_jited", info.IsOwnerJited);
        record.Add("frozen", info.IsFrozen ? 1u : 0).AddIf(info.BtfId != 0, "btf_id", info.BtfId);
        inventory.AddHolders(record, KernelObjectKind.Map, info.Id);
        return record.Build();
    }
}
