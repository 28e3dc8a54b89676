using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>The bytes of a packet in rows of sixteen, as <c>-x</c>, <c>-X</c> and <c>-A</c> show them.</summary>
internal static class HexWriter
{
    private const int Row = 16;
    private const int HexWidth = Row / 2 * 5;

    public static void Write(Utf8Buffer output, ReadOnlySpan<byte> indent, ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += Row)
        {
            WriteOffset(output, indent, at);
            WriteRow(output, bytes[at..Math.Min(at + Row, bytes.Length)]);
        }
    }

    public static void WriteWithAscii(Utf8Buffer output, ReadOnlySpan<byte> indent, ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += Row)
        {
            ReadOnlySpan<byte> row = bytes[at..Math.Min(at + Row, bytes.Length)];
            WriteOffset(output, indent, at);
            int start = output.Length;
            WriteRow(output, row);
            output.Pad(start, HexWidth, left: true);
            output.Write("  "u8);
            foreach (byte value in row)
                output.Write(value is > 0x20 and < 0x7f ? value : (byte)'.');
        }
    }

    /// <summary>Printable characters and line ends stay, everything else is a dot; a carriage return at a line's end is left out.</summary>
    public static void WriteAscii(Utf8Buffer output, ReadOnlySpan<byte> bytes)
    {
        output.Write((byte)'\n');
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (value == '\r')
            {
                if (i + 1 >= bytes.Length || bytes[i + 1] != '\n')
                    output.Write((byte)'.');
            }
            else
            {
                output.Write(value is (>= 0x20 and < 0x7f) or (byte)'\t' or (byte)'\n' ? value : (byte)'.');
            }
        }
    }

    public static void WritePair(Utf8Buffer output, byte value)
    {
        output.Write("0123456789abcdef"u8[value >> 4]);
        output.Write("0123456789abcdef"u8[value & 15]);
    }

    private static void WriteOffset(Utf8Buffer output, ReadOnlySpan<byte> indent, int at)
    {
        output.Write(indent);
        output.Write("0x"u8);
        int start = output.Length;
        output.WriteHex((ulong)at);
        int missing = 4 - (output.Length - start);
        if (missing > 0)
        {
            output.Truncate(start);
            output.Fill((byte)'0', missing);
            output.WriteHex((ulong)at);
        }
        output.Write(": "u8);
    }

    private static void WriteRow(Utf8Buffer output, ReadOnlySpan<byte> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (i % 2 == 0)
                output.Write((byte)' ');
            WritePair(output, row[i]);
        }
    }
}
