using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>Values as bpftrace's text output shows them.</summary>
public static class TextValueWriter
{
    public static void Write(Utf8Buffer output, in OutputValue value, TextEscaping escaping)
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
                output.WriteDecimal(value.Bits);
                break;
            case OutputValueKind.Unsigned:
                output.WriteDecimal((ulong)value.Bits);
                break;
            case OutputValueKind.Named or OutputValueKind.Text:
                Escape.Text(output, value.Bytes, escaping);
                break;
            case OutputValueKind.Buffer:
                BufferText.Write(output, value.Bytes);
                break;
            case OutputValueKind.Array:
                WriteList(output, value.Items, "["u8, ","u8, "]"u8, escaping);
                break;
            case OutputValueKind.Tuple:
                WriteList(output, value.Items, "("u8, ", "u8, ")"u8, escaping);
                break;
            case OutputValueKind.Record:
                WriteRecord(output, value.Fields, escaping);
                break;
            case OutputValueKind.Stack:
                WriteStack(output, value.Lines, escaping);
                break;
            case OutputValueKind.Stats:
                WriteRecord(output, value.Statistics!.ToFields(), escaping);
                break;
            case OutputValueKind.Histogram:
                HistogramWriter.WriteText(output, value.Buckets!);
                break;
        }
    }

    /// <summary>A map's key: a tuple stands without its parentheses there.</summary>
    internal static void WriteKey(Utf8Buffer output, in OutputValue key, ReadOnlySpan<byte> separator, TextEscaping escaping)
    {
        if (key.Kind == OutputValueKind.Tuple)
            WriteList(output, key.Items, default, separator, default, escaping);
        else
            Write(output, key, escaping);
    }

    private static void WriteList(
        Utf8Buffer output,
        ImmutableArray<OutputValue> items,
        ReadOnlySpan<byte> open,
        ReadOnlySpan<byte> separator,
        ReadOnlySpan<byte> close,
        TextEscaping escaping)
    {
        output.Write(open);
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0)
                output.Write(separator);
            Write(output, items[i], escaping);
        }
        output.Write(close);
    }

    private static void WriteRecord(Utf8Buffer output, ImmutableArray<OutputField> fields, TextEscaping escaping)
    {
        if (fields.IsEmpty)
        {
            output.Write("{}"u8);
            return;
        }
        for (int i = 0; i < fields.Length; i++)
        {
            output.Write(i == 0 ? "{ ."u8 : ", ."u8);
            Escape.Text(output, fields[i].Name, escaping);
            output.Write(" = "u8);
            Write(output, fields[i].Value, escaping);
        }
        output.Write(" }"u8);
    }

    // A stack begins on a line of its own, and what follows it too. Its indentation may be a tab.
    private static void WriteStack(Utf8Buffer output, ImmutableArray<string> lines, TextEscaping escaping)
    {
        output.Write((byte)'\n');
        foreach (string line in lines)
        {
            ReadOnlySpan<char> text = line.AsSpan().TrimStart("\t ");
            output.Write(line.AsSpan(0, line.Length - text.Length));
            Escape.Text(output, text, escaping);
            output.Write((byte)'\n');
        }
    }
}
