using System.Collections.Immutable;
using Imker.Btf;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Keys and values of a map, as bytes and, where the map has types, as what they mean.</summary>
internal sealed class MapContents
{
    private readonly KernelMap map;
    private readonly BtfType? keyType;
    private readonly BtfType? valueType;

    public MapContents(KernelMap map, KernelInventory inventory)
    {
        this.map = map;
        MapInfo info = map.GetInfo();
        keyType = TypeOf(inventory.TypesOf(info.BtfId), info.BtfKeyTypeId);
        valueType = info.BtfKernelValueTypeId != 0
            ? TypeOf(KernelBtfFile.Types, info.BtfKernelValueTypeId)
            : TypeOf(inventory.TypesOf(info.BtfId), info.BtfValueTypeId);
    }

    /// <summary>An entry with the keys of bpftool: the bytes, and <c>formatted</c> where the map has types.</summary>
    public OutputValue Entry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var record = new RecordBuilder();
        if (map.KeySize > 0)
            record.Add("key", ProgramSource.HexBytes(key));
        AddValue(record, value, static (_, bytes) => ProgramSource.HexBytes(bytes));
        if (valueType is null)
            return record.Build();
        var formatted = new RecordBuilder();
        if (keyType is not null)
            formatted.Add("key", FormatKey(key));
        AddValue(formatted, value, static (contents, bytes) => BtfValueReader.Read(contents.valueType!.Value, bytes));
        return record.Add("formatted", formatted.Build()).Build();
    }

    /// <summary>The key alone, and what the kernel says of its value.</summary>
    public static OutputValue EntryWithoutValue(ReadOnlySpan<byte> key, string problem) =>
        new RecordBuilder().Add("key", ProgramSource.HexBytes(key)).Add("value", new RecordBuilder().Add("error", problem).Build()).Build();

    /// <summary>As a table shows it.</summary>
    public OutputValue FormatKey(ReadOnlySpan<byte> key) =>
        keyType is { } type ? BtfValueReader.Read(type, key) : OutputValue.Text(ProgramDump.Spaced(key));

    /// <inheritdoc cref="FormatKey"/>
    public OutputValue FormatValue(ReadOnlySpan<byte> value)
    {
        if (!map.HasValuePerCpu)
            return FormatOne(value);
        var fields = ImmutableArray.CreateBuilder<OutputField>();
        for (int cpu = 0; (cpu + 1) * map.AlignedValueSize <= value.Length; cpu++)
            fields.Add(new OutputField($"cpu{cpu}", FormatOne(value.Slice(cpu * map.AlignedValueSize, map.ValueSize))));
        return OutputValue.Record(fields.ToImmutable());
    }

    private OutputValue FormatOne(ReadOnlySpan<byte> value) =>
        valueType is { } type ? BtfValueReader.Read(type, value) : OutputValue.Text(ProgramDump.Spaced(value));

    private void AddValue(RecordBuilder record, ReadOnlySpan<byte> value, ValueFormat format)
    {
        if (!map.HasValuePerCpu)
        {
            record.Add("value", format(this, value));
            return;
        }
        var values = ImmutableArray.CreateBuilder<OutputValue>();
        for (int cpu = 0; (cpu + 1) * map.AlignedValueSize <= value.Length; cpu++)
            values.Add(new RecordBuilder().Add("cpu", (ulong)cpu).Add("value", format(this, value.Slice(cpu * map.AlignedValueSize, map.ValueSize))).Build());
        record.Add("values", OutputValue.Array(values.ToImmutable()));
    }

    private static BtfType? TypeOf(BtfFile? types, uint id) => types is not null && id != 0 && id < types.Count ? types[id] : null;

    private delegate OutputValue ValueFormat(MapContents contents, ReadOnlySpan<byte> value);
}
