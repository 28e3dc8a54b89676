using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>Values as bpftrace's JSON output shows them.</summary>
public static class JsonValueWriter
{
    public static void Write(Utf8Buffer output, in OutputValue value)
    {
        switch (value.Kind)
        {
            case OutputValueKind.None:
                output.Write("null"u8);
                break;
            case OutputValueKind.Bool:
                output.Write(value.Bits != 0 ? "true"u8 : "false"u8);
                break;
            case OutputValueKind.Signed:
                WriteNumber(output, value.Bits);
                break;
            case OutputValueKind.Unsigned or OutputValueKind.Named:
                WriteNumber(output, (ulong)value.Bits);
                break;
            case OutputValueKind.Text:
                WriteString(output, value.Bytes);
                break;
            case OutputValueKind.Buffer:
                WriteBytes(output, value.Bytes);
                break;
            case OutputValueKind.Array or OutputValueKind.Tuple:
                WriteList(output, value.Items);
                break;
            case OutputValueKind.Record:
                WriteRecord(output, value.Fields);
                break;
            case OutputValueKind.Stack:
                WriteText(output, value);
                break;
            case OutputValueKind.Stats:
                WriteRecord(output, value.Statistics!.ToFields());
                break;
            case OutputValueKind.Histogram:
                HistogramWriter.WriteJson(output, value.Buckets!);
                break;
        }
    }

    /// <summary>A string with its quotes.</summary>
    public static void WriteString(Utf8Buffer output, ReadOnlySpan<byte> utf8)
    {
        output.Write((byte)'"');
        Escape.Json(output, utf8);
        output.Write((byte)'"');
    }

    /// <inheritdoc cref="WriteString(Utf8Buffer, ReadOnlySpan{byte})"/>
    public static void WriteString(Utf8Buffer output, ReadOnlySpan<char> text)
    {
        output.Write((byte)'"');
        Escape.Json(output, text);
        output.Write((byte)'"');
    }

    /// <summary>An integer; as a string when a double, which is what JSON readers make of numbers, cannot hold it.</summary>
    public static void WriteNumber(Utf8Buffer output, Int128 value)
    {
        ReadOnlySpan<byte> quote = (Int128)(double)value == value ? default : "\""u8;
        output.Write(quote);
        value.TryFormat(output.GetSpan(40), out int written);
        output.Advance(written);
        output.Write(quote);
    }

    /// <summary>A map's key is a string in JSON, the parts of a tuple joined by commas.</summary>
    internal static void WriteKey(Utf8Buffer output, in OutputValue key)
    {
        using var text = new Utf8Buffer();
        TextValueWriter.WriteKey(text, key, ","u8, TextEscaping.None);
        WriteString(output, text.Written);
    }

    private static void WriteText(Utf8Buffer output, in OutputValue value)
    {
        using var text = new Utf8Buffer();
        TextValueWriter.Write(text, value, TextEscaping.None);
        WriteString(output, text.Written);
    }

    private static void WriteBytes(Utf8Buffer output, ReadOnlySpan<byte> bytes)
    {
        output.Write((byte)'[');
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
                output.Write((byte)',');
            output.WriteDecimal((ulong)bytes[i]);
        }
        output.Write((byte)']');
    }

    private static void WriteList(Utf8Buffer output, ImmutableArray<OutputValue> items)
    {
        output.Write((byte)'[');
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0)
                output.Write((byte)',');
            Write(output, items[i]);
        }
        output.Write((byte)']');
    }

    private static void WriteRecord(Utf8Buffer output, ImmutableArray<OutputField> fields)
    {
        output.Write((byte)'{');
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                output.Write(", "u8);
            WriteString(output, fields[i].Name);
            output.Write(": "u8);
            Write(output, fields[i].Value);
        }
        output.Write((byte)'}');
    }
}
