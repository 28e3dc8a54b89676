using System.Buffers;
using System.Text;

namespace Imker.Rendering;

/// <summary>
/// The one way for text from outside the program (command names, paths, symbols, payloads) into an output. Text is taken as
/// UTF-8; a byte that is none, as paths may hold, appears as <c>\xNN</c> everywhere.
/// </summary>
public static class Escape
{
    private const byte FirstPrintable = 0x20, LastPrintable = 0x7e;

    private static readonly SearchValues<byte> PlainText = SearchValues.Create(PrintableExcept(""u8));
    private static readonly SearchValues<byte> PlainJson = SearchValues.Create(PrintableExcept("\"\\"u8));
    private static readonly SearchValues<byte> PlainMarkup = SearchValues.Create(PrintableExcept("&<>\"'"u8));
    private static readonly SearchValues<byte> PlainCsv = SearchValues.Create(PrintableExcept("\""u8));

    private enum Target
    {
        Line,
        Block,
        Json,
        Markup,
        Csv,
    }

    /// <summary>Writes text for a terminal.</summary>
    public static void Text(Utf8Buffer output, ReadOnlySpan<byte> utf8, TextEscaping escaping)
    {
        if (escaping == TextEscaping.None)
            output.Write(utf8);
        else
            Write(output, utf8, PlainText, escaping == TextEscaping.Line ? Target.Line : Target.Block);
    }

    /// <inheritdoc cref="Text(Utf8Buffer, ReadOnlySpan{byte}, TextEscaping)"/>
    public static void Text(Utf8Buffer output, ReadOnlySpan<char> text, TextEscaping escaping)
    {
        byte[] utf8 = ToUtf8(text, out int length);
        Text(output, utf8.AsSpan(0, length), escaping);
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Writes what stands between the quotes of a JSON string (RFC 8259, section 7).</summary>
    public static void Json(Utf8Buffer output, ReadOnlySpan<byte> utf8) => Write(output, utf8, PlainJson, Target.Json);

    /// <inheritdoc cref="Json(Utf8Buffer, ReadOnlySpan{byte})"/>
    public static void Json(Utf8Buffer output, ReadOnlySpan<char> text)
    {
        byte[] utf8 = ToUtf8(text, out int length);
        Json(output, utf8.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Writes text for the content or a quoted attribute of HTML and SVG.</summary>
    public static void Markup(Utf8Buffer output, ReadOnlySpan<byte> utf8) => Write(output, utf8, PlainMarkup, Target.Markup);

    /// <summary>
    /// Writes a CSV field (RFC 4180), quoted where it must be. A text that a spreadsheet would take for a formula
    /// gets an apostrophe in front.
    /// </summary>
    public static void Csv(Utf8Buffer output, ReadOnlySpan<byte> utf8)
    {
        bool formula = !utf8.IsEmpty && utf8[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r';
        bool quoted = utf8.IndexOfAny(",\"\r\n"u8) >= 0 || (!utf8.IsEmpty && (utf8[0] == ' ' || utf8[^1] == ' '));
        if (quoted)
            output.Write((byte)'"');
        if (formula)
            output.Write((byte)'\'');
        Write(output, utf8, PlainCsv, Target.Csv);
        if (quoted)
            output.Write((byte)'"');
    }

    /// <summary><c>\xNN</c>, the form bpftrace prints the bytes of a buffer in.</summary>
    public static void HexByte(Utf8Buffer output, byte value)
    {
        Span<byte> span = output.GetSpan(4);
        span[0] = (byte)'\\';
        span[1] = (byte)'x';
        span[2] = HexDigit(value >> 4);
        span[3] = HexDigit(value & 15);
        output.Advance(4);
    }

    internal static byte HexDigit(int value) => "0123456789abcdef"u8[value];

    private static void Write(Utf8Buffer output, ReadOnlySpan<byte> utf8, SearchValues<byte> plain, Target target)
    {
        while (true)
        {
            int run = utf8.IndexOfAnyExcept(plain);
            if (run < 0)
            {
                output.Write(utf8);
                return;
            }
            output.Write(utf8[..run]);
            utf8 = utf8[run..];
            bool valid = Rune.DecodeFromUtf8(utf8, out Rune rune, out int length) == OperationStatus.Done;
            WriteSpecial(output, utf8[..length], valid ? rune : null, target);
            utf8 = utf8[length..];
        }
    }

    private static void WriteSpecial(Utf8Buffer output, ReadOnlySpan<byte> utf8, Rune? rune, Target target)
    {
        if (target == Target.Json)
            WriteJson(output, utf8, rune);
        else if (rune is not { } valid || (IsUnsafe(valid) && !(target is Target.Block or Target.Csv && IsLayout(valid))))
            WriteHex(output, utf8, "\\x"u8);
        else if (target == Target.Csv && valid.Value == '"')
            output.Write("\"\""u8);
        else if (target == Target.Markup && EntityOf(valid) is { IsEmpty: false } entity)
            output.Write(entity);
        else
            output.Write(utf8);
    }

    private static void WriteJson(Utf8Buffer output, ReadOnlySpan<byte> utf8, Rune? rune)
    {
        if (rune is not { } valid)
            WriteHex(output, utf8, "\\\\x"u8);
        else if (ShortJsonOf(valid) is { IsEmpty: false } pair)
            output.Write(pair);
        else if (IsUnsafe(valid))
            WriteJsonCode(output, valid.Value);
        else
            output.Write(utf8);
    }

    // All that IsUnsafe names lies in the basic plane, so four digits do.
    private static void WriteJsonCode(Utf8Buffer output, int code)
    {
        output.Write("\\u"u8);
        for (int shift = 12; shift >= 0; shift -= 4)
            output.Write(HexDigit((code >> shift) & 15));
    }

    private static void WriteHex(Utf8Buffer output, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> prefix)
    {
        foreach (byte value in bytes)
        {
            output.Write(prefix);
            output.Write(HexDigit(value >> 4));
            output.Write(HexDigit(value & 15));
        }
    }

    private static ReadOnlySpan<byte> ShortJsonOf(Rune rune) => rune.Value switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> EntityOf(Rune rune) => rune.Value switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\'' => "&#39;"u8,
        _ => default,
    };

    private static bool IsLayout(Rune rune) => rune.Value is '\n' or '\t';

    // Controls (C0, DEL, C1), line and paragraph separators, and the characters of Unicode's Bidi_Control property.
    private static bool IsUnsafe(Rune rune) => Rune.IsControl(rune)
        || rune.Value is 0x61c or 0x200e or 0x200f or (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069);

    private static byte[] PrintableExcept(ReadOnlySpan<byte> special)
    {
        var plain = new List<byte>();
        for (int value = FirstPrintable; value <= LastPrintable; value++)
        {
            if (!special.Contains((byte)value))
                plain.Add((byte)value);
        }
        return [.. plain];
    }

    private static byte[] ToUtf8(ReadOnlySpan<char> text, out int length)
    {
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        length = Encoding.UTF8.GetBytes(text, utf8);
        return utf8;
    }
}
