using Imker.Bytecode;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Shows what is in maps, as <c>bpftool map</c> does.</summary>
public static class MapDump
{
    private static readonly RecordColumn[] columns = [new("KEY", "key"), new("VALUE", "value")];

    /// <summary>All entries.</summary>
    /// <exception cref="InspectException">Maps of its type cannot be walked through.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void Write(RecordOutput output, KernelInventory inventory, KernelMap map)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(map);
        RequireKeys(map, "dump");
        var contents = new MapContents(map, inventory);
        List<OutputValue> records = [];
        if (HasValuesForUs(map.Type))
        {
            Linux.MapSnapshot snapshot = map.TakeSnapshot();
            for (int i = 0; i < snapshot.Count; i++)
                records.Add(Record(output, contents, snapshot.Key(i), snapshot.Value(i)));
        }
        else
        {
            records.AddRange(KeysOf(map).Select(key => Unreadable(output, contents, key)));
        }
        output.WriteList(columns, records);
        if (!output.IsJson)
            output.WriteLine($"{records.Count} {(records.Count == 1 ? "entry" : "entries")}");
    }

    /// <summary>One entry.</summary>
    /// <exception cref="InspectException">There is no such key.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void WriteEntry(RecordOutput output, KernelInventory inventory, KernelMap map, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(map);
        byte[] value = new byte[map.ValueBufferSize];
        if (!map.TryLookup(key, value))
            throw new InspectException($"map '{map.Name}' has no such key");
        WriteValue(output, inventory, map, key, value);
    }

    /// <summary>A value that was read already, such as one taken out of a queue; its key may be empty.</summary>
    public static void WriteValue(RecordOutput output, KernelInventory inventory, KernelMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        OutputValue record = Record(output, new MapContents(map, inventory), key, value);
        if (output.IsJson)
            output.WriteJson(record);
        else
            output.WriteList(columns, [record]);
    }

    /// <summary>The key that comes behind another, or the first one.</summary>
    /// <param name="key">Empty for the first.</param>
    /// <exception cref="InspectException">There is none.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static void WriteNextKey(RecordOutput output, KernelInventory inventory, KernelMap map, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(map);
        RequireKeys(map, "walk through");
        byte[] next = new byte[map.KeySize];
        if (!map.TryGetNextKey(key, next))
            throw new InspectException(key.IsEmpty ? $"map '{map.Name}' is empty" : $"map '{map.Name}' has no key behind this one");
        if (output.IsJson)
        {
            var record = new RecordBuilder();
            if (!key.IsEmpty)
                record.Add("key", ProgramSource.HexBytes(key));
            output.WriteJson(record.Add("next_key", ProgramSource.HexBytes(next)).Build());
        }
        else
        {
            output.WriteLine(new MapContents(map, inventory).FormatKey(next).ToString());
        }
    }

    private static OutputValue Record(RecordOutput output, MapContents contents, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => output.IsJson
        ? contents.Entry(key, value)
        : new RecordBuilder().Add("key", key.IsEmpty ? OutputValue.Text("-") : contents.FormatKey(key)).Add("value", contents.FormatValue(value)).Build();

    private static OutputValue Unreadable(RecordOutput output, MapContents contents, byte[] key) => output.IsJson
        ? MapContents.EntryWithoutValue(key, Errno.NotSupported.Text)
        : new RecordBuilder().Add("key", contents.FormatKey(key)).Add("value", "(not to be read from user space)").Build();

    private static IEnumerable<byte[]> KeysOf(KernelMap map)
    {
        byte[] previous = [], next = new byte[map.KeySize];
        for (uint i = 0; i < map.MaxEntries && map.TryGetNextKey(previous, next); i++)
        {
            yield return previous = next;
            next = new byte[map.KeySize];
        }
    }

    // What these hold are the kernel's own pointers.
    private static bool HasValuesForUs(MapType type) => type is not (MapType.PerfEventArray or MapType.CgroupArray);

    private static void RequireKeys(KernelMap map, string doing)
    {
        if (map.Type is MapType.Queue or MapType.Stack or MapType.BloomFilter or MapType.RingBuffer or MapType.UserRingBuffer or MapType.Arena)
            throw new InspectException($"cannot {doing} map '{map.Name}': maps of the type {KernelConstants.MapTypes.NameOf(map.Type)} have no keys");
    }
}
