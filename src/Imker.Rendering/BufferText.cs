namespace Imker.Rendering;

/// <summary>The bytes of a buffer as text, in the three forms that bpftrace's <c>%r</c> family has.</summary>
public static class BufferText
{
    /// <summary>Writes the form of <paramref name="kind"/>; every kind that is not of the family gives that of <c>%r</c>.</summary>
    public static void Write(Utf8Buffer output, ReadOnlySpan<byte> bytes, ConversionKind kind = ConversionKind.Buffer)
    {
        if (kind == ConversionKind.BufferSpacedHex)
        {
            WriteSpaced(output, bytes);
            return;
        }
        bool keepsPrintable = kind != ConversionKind.BufferEscapedHex;
        foreach (byte value in bytes)
        {
            if (keepsPrintable && value is >= 0x20 and <= 0x7e)
                output.Write(value);
            else
                Escape.HexByte(output, value);
        }
    }

    private static void WriteSpaced(Utf8Buffer output, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
                output.Write((byte)' ');
            output.Write(Escape.HexDigit(bytes[i] >> 4));
            output.Write(Escape.HexDigit(bytes[i] & 15));
        }
    }
}
