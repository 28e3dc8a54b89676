using System.Collections.Immutable;
using System.Text.Json;

namespace Imker.Objects;

/// <summary>Data types in JSON.</summary>
internal static class DataTypeModel
{
    public static void Write(Utf8JsonWriter json, string name, DataType type)
    {
        json.WritePropertyName(name);
        Write(json, type);
    }

    private static void Write(Utf8JsonWriter json, DataType type)
    {
        json.WriteStartObject();
        json.WriteString("kind", KindOf(type));
        switch (type)
        {
            case IntegerData integer:
                WriteInteger(json, integer.Size, integer.IsSigned);
                break;
            case StringData or BufferData:
                json.WriteNumber("size", type.Size);
                break;
            case EnumData enumeration:
                WriteInteger(json, enumeration.Size, enumeration.IsSigned);
                json.WriteString("name", enumeration.Name);
                WriteNames(json, enumeration.Names);
                break;
            case TupleData tuple:
                json.WriteNumber("size", tuple.Size);
                WriteFields(json, tuple.Fields);
                break;
            case StructData structure:
                json.WriteNumber("size", structure.Size);
                json.WriteString("name", structure.Name);
                WriteFields(json, structure.Fields);
                break;
            case ArrayData array:
                Write(json, "element", array.Element);
                json.WriteNumber("count", array.Count);
                break;
            case StackData stack:
                json.WriteString("map", stack.StackMap);
                json.WriteBoolean("user", stack.IsUser);
                json.WriteString("mode", ModelNames.Of(stack.Mode));
                json.WriteNumber("maxFrames", stack.MaxFrames);
                break;
            case TimestampData timestamp:
                json.WriteString("format", timestamp.Format);
                break;
            case NameIndexData names:
                json.WriteStartArray("names");
                foreach (string name in names.Names)
                    json.WriteStringValue(name);
                json.WriteEndArray();
                break;
            case Log2HistogramData histogram:
                json.WriteNumber("bits", histogram.Bits);
                break;
            case LinearHistogramData histogram:
                json.WriteNumber("min", histogram.Min);
                json.WriteNumber("max", histogram.Max);
                json.WriteNumber("step", histogram.Step);
                break;
            case SumData { IsSigned: var signed }:
                json.WriteBoolean("signed", signed);
                break;
            case MinData { IsSigned: var signed }:
                json.WriteBoolean("signed", signed);
                break;
            case MaxData { IsSigned: var signed }:
                json.WriteBoolean("signed", signed);
                break;
            case AverageData { IsSigned: var signed }:
                json.WriteBoolean("signed", signed);
                break;
            case StatsData { IsSigned: var signed }:
                json.WriteBoolean("signed", signed);
                break;
        }
        json.WriteEndObject();
    }

    public static DataType Read(ModelNode node) => node.Text("kind") switch
    {
        "integer" => new IntegerData(ReadIntegerSize(node), node.Flag("signed")),
        "boolean" => new BooleanData(),
        "string" => new StringData(node.Int32("size")),
        "buffer" => new BufferData(node.Int32("size")),
        "pointer" => new PointerData(),
        "enum" => new EnumData(ReadIntegerSize(node), node.Flag("signed"), node.Text("name"),
            node.Array("names", name => new EnumName(name.Int64("value"), name.Text("name")))),
        "tuple" => new TupleData(node.Int32("size"), ReadFields(node)),
        "struct" => new StructData(node.Int32("size"), node.Text("name"), ReadFields(node)),
        "array" => ReadArray(node),
        "kernelSymbol" => new KernelSymbolData(),
        "userSymbol" => new UserSymbolData(),
        "stack" => new StackData(node.Text("map"), node.Flag("user"), node.Member<StackMode>("mode"), node.Int32("maxFrames")),
        "internetAddress" => new InternetAddressData(),
        "macAddress" => new MacAddressData(),
        "timestamp" => new TimestampData(node.Text("format")),
        "userName" => new UserNameData(),
        "nameIndex" => new NameIndexData(node.Texts("names")),
        "count" => new CountData(),
        "sum" => new SumData(node.Flag("signed")),
        "min" => new MinData(node.Flag("signed")),
        "max" => new MaxData(node.Flag("signed")),
        "average" => new AverageData(node.Flag("signed")),
        "stats" => new StatsData(node.Flag("signed")),
        "log2Histogram" => new Log2HistogramData(node.Int32("bits", max: 5)),
        "linearHistogram" => ReadLinearHistogram(node),
        var kind => throw node.Malformed("kind", $"is '{kind}', which no data type is called"),
    };

    private static string KindOf(DataType type) => type switch
    {
        IntegerData => "integer",
        BooleanData => "boolean",
        StringData => "string",
        BufferData => "buffer",
        PointerData => "pointer",
        EnumData => "enum",
        TupleData => "tuple",
        StructData => "struct",
        ArrayData => "array",
        KernelSymbolData => "kernelSymbol",
        UserSymbolData => "userSymbol",
        StackData => "stack",
        InternetAddressData => "internetAddress",
        MacAddressData => "macAddress",
        TimestampData => "timestamp",
        UserNameData => "userName",
        NameIndexData => "nameIndex",
        CountData => "count",
        SumData => "sum",
        MinData => "min",
        MaxData => "max",
        AverageData => "average",
        StatsData => "stats",
        Log2HistogramData => "log2Histogram",
        LinearHistogramData => "linearHistogram",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Objects have no such data type."),
    };

    private static void WriteInteger(Utf8JsonWriter json, int size, bool isSigned)
    {
        json.WriteNumber("size", size);
        json.WriteBoolean("signed", isSigned);
    }

    private static void WriteNames(Utf8JsonWriter json, ImmutableArray<EnumName> names)
    {
        json.WriteStartArray("names");
        foreach (EnumName name in names)
        {
            json.WriteStartObject();
            json.WriteNumber("value", name.Value);
            json.WriteString("name", name.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, ImmutableArray<DataField> fields)
    {
        json.WriteStartArray("fields");
        foreach (DataField field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteNumber("offset", field.Offset);
            Write(json, "type", field.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static ImmutableArray<DataField> ReadFields(ModelNode node) =>
        node.Array("fields", field => new DataField(field.Text("name"), field.Int32("offset"), Read(field.Node("type"))));

    private static int ReadIntegerSize(ModelNode node)
    {
        int size = node.Int32("size");
        return size is 1 or 2 or 4 or 8 ? size : throw node.Malformed("size", "is neither 1, 2, 4 nor 8");
    }

    private static ArrayData ReadArray(ModelNode node)
    {
        DataType element = Read(node.Node("element"));
        int count = node.Int32("count");
        return (long)element.Size * count <= int.MaxValue
            ? new ArrayData(element, count)
            : throw node.Malformed("count", $"is {count}, which makes more than 2 GiB of elements");
    }

    private static LinearHistogramData ReadLinearHistogram(ModelNode node)
    {
        long min = node.Int64("min"), max = node.Int64("max"), step = node.Int64("step");
        bool fits = step > 0 && max > min && (Int128)max - min <= long.MaxValue - step && (max - min) / step < int.MaxValue / 8 - 3;
        return fits ? new LinearHistogramData(min, max, step) : throw node.Malformed("step", "makes no scale");
    }
}
