using System.Buffers.Text;
using System.Numerics;

namespace Imker.Rendering;

/// <summary>What a conversion of a format string makes of its argument.</summary>
public enum ConversionKind
{
    /// <summary><c>%d %i</c></summary>
    Signed,

    /// <summary><c>%u</c></summary>
    Unsigned,

    /// <summary><c>%o</c></summary>
    Octal,

    /// <summary><c>%x</c></summary>
    Hex,

    /// <summary><c>%X</c></summary>
    UpperHex,

    /// <summary><c>%c</c></summary>
    Character,

    /// <summary><c>%p</c></summary>
    Pointer,

    /// <summary><c>%s</c>: any value, as <c>print()</c> shows it.</summary>
    Text,

    /// <summary><c>%r</c>: bytes, the printable ones as themselves, others as <c>\xNN</c>.</summary>
    Buffer,

    /// <summary><c>%rx</c>: bytes, all as <c>\xNN</c>.</summary>
    BufferEscapedHex,

    /// <summary><c>%rh</c>: bytes as two digits each with blanks between.</summary>
    BufferSpacedHex,
}

[Flags]
public enum ConversionFlags : byte
{
    None = 0,

    /// <summary><c>-</c></summary>
    Left = 1,

    /// <summary><c>+</c></summary>
    Plus = 2,

    /// <summary>A blank where a positive number has no sign.</summary>
    Space = 4,

    /// <summary><c>#</c></summary>
    Alternate = 8,

    /// <summary><c>0</c></summary>
    Zero = 16,
}

/// <summary>
/// One conversion of a format string. Integers are taken at 64 bits, as bpftrace does, whatever <c>l</c>, <c>ll</c>,
/// <c>j</c>, <c>z</c> or <c>t</c> says; <c>h</c> and <c>hh</c> cut them to 16 and 8. The rest is C's printf (C17, 7.21.6.1).
/// </summary>
/// <param name="Kind">What it makes of its argument.</param>
/// <param name="Flags">The flags in front.</param>
/// <param name="Width">The least bytes that are written; 0 when not given.</param>
/// <param name="Precision">The least digits of a number, the most bytes of a text; -1 when not given.</param>
/// <param name="Bits">The bits of an integer that count: 8, 16 or 64.</param>
public readonly record struct Conversion(ConversionKind Kind, ConversionFlags Flags, int Width, int Precision, int Bits)
{
    private const int MostDigits = 22;

    /// <summary>Whether the argument must be an integer, a Boolean or a pointer.</summary>
    public bool TakesInteger => Kind <= ConversionKind.Pointer;

    /// <summary>Whether the argument must be a buffer.</summary>
    public bool TakesBuffer => Kind >= ConversionKind.Buffer;

    private bool Left => Has(ConversionFlags.Left);

    private bool IsPlain => Width == 0 && Precision < 0 && Flags == ConversionFlags.None && Bits == 64;

    /// <summary>Writes an integer argument, given as its 64 bits, sign or zero extended from its type.</summary>
    public void WriteInteger(Utf8Buffer output, long value, TextEscaping escaping)
    {
        switch (Kind)
        {
            case ConversionKind.Signed when IsPlain:
                output.WriteDecimal(value);
                break;
            case ConversionKind.Unsigned when IsPlain:
                output.WriteDecimal((ulong)value);
                break;
            case ConversionKind.Hex when IsPlain:
                output.WriteHex((ulong)value);
                break;
            case ConversionKind.Signed:
                WriteSigned(output, value);
                break;
            case ConversionKind.Character:
                WriteCharacter(output, (byte)value, escaping);
                break;
            case ConversionKind.Pointer:
                WriteDigits(output, (ulong)value, 16, prefix: "0x"u8);
                break;
            default:
                WriteUnsigned(output, (ulong)value);
                break;
        }
    }

    /// <summary>Writes a text argument, cut to the precision at a whole character and padded to the width.</summary>
    public void WriteText(Utf8Buffer output, ReadOnlySpan<byte> utf8, TextEscaping escaping)
    {
        int start = output.Length;
        Escape.Text(output, Cut(utf8), escaping);
        if (Width > 0)
            output.Pad(start, Width, Left);
    }

    /// <summary>Writes a buffer argument.</summary>
    public void WriteBuffer(Utf8Buffer output, ReadOnlySpan<byte> bytes)
    {
        int start = output.Length;
        BufferText.Write(output, bytes, Kind);
        output.Pad(start, Width, Left);
    }

    /// <summary>Writes any argument in the form that its kind has; a kind that does not fit falls back to its text.</summary>
    public void WriteValue(Utf8Buffer output, in OutputValue value, TextEscaping escaping)
    {
        if (TakesInteger && value.IsInteger)
        {
            WriteInteger(output, value.Bits, escaping);
            return;
        }
        if (value.Kind == OutputValueKind.Buffer)
        {
            WriteBuffer(output, value.Bytes);
            return;
        }
        if (value.Kind == OutputValueKind.Text)
        {
            WriteText(output, value.Bytes, escaping);
            return;
        }
        int start = output.Length;
        TextValueWriter.Write(output, value, escaping);
        output.Pad(start, Width, Left);
    }

    private void WriteCharacter(Utf8Buffer output, byte value, TextEscaping escaping)
    {
        int start = output.Length;
        Escape.Text(output, new ReadOnlySpan<byte>(in value), escaping);
        output.Pad(start, Width, Left);
    }

    private void WriteSigned(Utf8Buffer output, long value)
    {
        value = Bits switch { 8 => (sbyte)value, 16 => (short)value, _ => value };
        ReadOnlySpan<byte> sign = value < 0 ? "-"u8
            : Has(ConversionFlags.Plus) ? "+"u8
            : Has(ConversionFlags.Space) ? " "u8 : default;
        WriteDigits(output, value < 0 ? 0 - (ulong)value : (ulong)value, 10, prefix: sign);
    }

    private void WriteUnsigned(Utf8Buffer output, ulong value)
    {
        value = Bits switch { 8 => (byte)value, 16 => (ushort)value, _ => value };
        bool alternate = Has(ConversionFlags.Alternate);
        switch (Kind)
        {
            case ConversionKind.Octal:
                WriteDigits(output, value, 8, zeroFirst: alternate);
                break;
            case ConversionKind.Hex:
                WriteDigits(output, value, 16, prefix: alternate && value != 0 ? "0x"u8 : default);
                break;
            case ConversionKind.UpperHex:
                WriteDigits(output, value, 16, prefix: alternate && value != 0 ? "0X"u8 : default);
                break;
            default:
                WriteDigits(output, value, 10);
                break;
        }
    }

    private void WriteDigits(
        Utf8Buffer output, ulong value, uint numberBase, ReadOnlySpan<byte> prefix = default, bool zeroFirst = false)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        digits = digits[..FormatDigits(value, numberBase, digits)];
        int zeros = Math.Max(Precision < 0 ? 1 : Precision, digits.Length) - digits.Length;
        if (Precision < 0 && Has(ConversionFlags.Zero) && !Left)
            zeros = Math.Max(zeros, Width - prefix.Length - digits.Length);
        if (zeroFirst)
            zeros = Math.Max(zeros, 1);

        int start = output.Length;
        output.Write(prefix);
        output.Fill((byte)'0', zeros);
        output.Write(digits);
        output.Pad(start, Width, Left);
    }

    private bool Has(ConversionFlags flag) => (Flags & flag) != 0;

    // Zero has no digits; how many zeros stand for it is a matter of the precision.
    private int FormatDigits(ulong value, uint numberBase, Span<byte> digits)
    {
        if (value == 0)
            return 0;
        if (numberBase == 8)
            return FormatOctal(value, digits);
        char format = numberBase == 10 ? 'D' : Kind == ConversionKind.UpperHex ? 'X' : 'x';
        Utf8Formatter.TryFormat(value, digits, out int length, format);
        return length;
    }

    private static int FormatOctal(ulong value, Span<byte> digits)
    {
        int length = (63 - BitOperations.LeadingZeroCount(value)) / 3 + 1;
        for (int i = length - 1; i >= 0; i--, value >>= 3)
            digits[i] = (byte)('0' + (value & 7));
        return length;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8)
    {
        if (Precision < 0 || Precision >= utf8.Length)
            return utf8;
        int end = Precision;
        while (end > 0 && Precision - end < 3 && (utf8[end] & 0xc0) == 0x80)
            end--;
        return utf8[..((utf8[end] & 0xc0) == 0x80 ? Precision : end)];
    }
}
