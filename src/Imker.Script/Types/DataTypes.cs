using Imker.Objects;

namespace Imker.Script.Types;

/// <summary>Says of each script type how the reader of a record or a map finds and shows it.</summary>
public static class DataTypes
{
    /// <summary>The name of the map that holds stacks of a depth.</summary>
    public static string StackMapName(int maxFrames) => $"stacks_{maxFrames}";

    public static DataType Of(ScriptType type) => type switch
    {
        BooleanType => new BooleanData(),
        IntegerType integer => new IntegerData(integer.Bytes, integer.IsSigned),
        EnumType e => new EnumData(e.Bytes, e.IsSigned, e.Name, e.Names),
        StringType text => new StringData(text.Capacity),
        BufferType buffer => new BufferData(buffer.Size),
        PointerType => new PointerData(),
        ArrayType array => new ArrayData(Of(array.Element), array.Count),
        StructType structure => Of(structure),
        TupleType tuple => Of(tuple),
        KernelSymbolType => new KernelSymbolData(),
        UserSymbolType => new UserSymbolData(),
        StackType stack => new StackData(StackMapName(stack.MaxFrames), stack.IsUser, stack.Mode, stack.MaxFrames),
        InternetAddressType => new InternetAddressData(),
        MacAddressType => new MacAddressData(),
        TimestampType timestamp => new TimestampData(timestamp.Format),
        UserNameType => new UserNameData(),
        NameIndexType names => new NameIndexData(names.Names),
        AggregateType aggregate => Of(aggregate),
        _ => throw new ArgumentException($"A value of type {type} cannot leave the kernel.", nameof(type)),
    };

    public static AggregateData Of(AggregateType type) => type.Kind switch
    {
        AggregateKind.Count => new CountData(),
        AggregateKind.Sum => new SumData(type.IsSigned),
        AggregateKind.Average => new AverageData(type.IsSigned),
        AggregateKind.Minimum => new MinData(type.IsSigned),
        AggregateKind.Maximum => new MaxData(type.IsSigned),
        AggregateKind.Stats => new StatsData(type.IsSigned),
        AggregateKind.Log2Histogram => new Log2HistogramData(type.Bits),
        _ => new LinearHistogramData(type.Min, type.Max, type.Step),
    };

    private static TupleData Of(TupleType tuple)
    {
        TupleLayout layout = TupleLayout.Of(tuple.Elements);
        return new TupleData(layout.Size, [.. tuple.Elements.Select((e, i) => new DataField("", layout.Offsets[i], Of(e)))]);
    }

    private static StructData Of(StructType structure) =>
        new(structure.Bytes, structure.Name, [.. structure.Layout.Fields
            .Where(f => f.BitSize == 0)
            .Select(f => new DataField(f.Name, f.Offset, Of(f.Type)))]);
}
