using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Type information in the kernel, with the keys of <c>bpftool btf show</c>.</summary>
public static class TypeInformationListing
{
    private static readonly RecordColumn[] columns =
    [
        new("ID", "id", IsRight: true),
        new("NAME", "name"),
        new("SIZE", "size", IsRight: true),
        new("PROGS", "prog_ids", Show: RecordColumn.Joined),
        new("MAPS", "map_ids", Show: RecordColumn.Joined),
        new("PIDS", "pids", Show: HolderText.Of),
    ];

    /// <param name="id">Null for all.</param>
    /// <exception cref="InspectException">There is none.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Write(RecordOutput output, KernelInventory inventory, uint? id)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        ILookup<uint, uint> programs = Users(ObjectSelector.Programs(null), program => program.GetInfo() is var info ? (info.BtfId, info.Id) : default);
        ILookup<uint, uint> maps = Users(ObjectSelector.Maps(null), map => map.GetInfo() is var info ? (info.BtfId, info.Id) : default);
        List<OutputValue> records = [];
        foreach (uint each in id is { } one ? [one] : KernelObjects.Ids(KernelObjectKind.Btf))
        {
            using BtfHandle? types = BtfHandle.TryOpen(each);
            if (types is not null)
                records.Add(Record(types.GetInfo(), programs[each], maps[each], inventory));
            else if (id is not null)
                throw new InspectException($"there is no type information with id {id}; 'btf list' shows what is there");
        }
        output.WriteList(columns, records);
    }

    private static ILookup<uint, uint> Users<T>(IReadOnlyList<T> objects, Func<T, (uint Btf, uint Id)> idsOf)
        where T : IDisposable
    {
        List<(uint Btf, uint Id)> users = [];
        foreach (T item in objects)
        {
            using (item)
                users.Add(idsOf(item));
        }
        return users.ToLookup(user => user.Btf, user => user.Id);
    }

    private static OutputValue Record(BtfInfo info, IEnumerable<uint> programs, IEnumerable<uint> maps, KernelInventory inventory)
    {
        var record = new RecordBuilder().Add("id", info.Id).Add("size", (ulong)info.Size);
        record.Add("prog_ids", OutputValue.Array([.. programs.Select(id => OutputValue.Unsigned(id))]));
        record.Add("map_ids", OutputValue.Array([.. maps.Select(id => OutputValue.Unsigned(id))]));
        record.Add("kernel", info.IsKernel).AddIf(info.Name.Length > 0, "name", info.Name);
        inventory.AddHolders(record, KernelObjectKind.Btf, info.Id);
        return record.Build();
    }
}
