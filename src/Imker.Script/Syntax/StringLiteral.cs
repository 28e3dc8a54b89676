using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>The bytes of a string: those of the script's file, with <c>\n \t \r \" \\ \0nn \xnn</c> replaced.</summary>
internal static class StringLiteral
{
    /// <param name="quoted">The literal with its quotes.</param>
    /// <param name="errorPlace">Where a wrong escape at an offset into <paramref name="quoted"/> is reported.</param>
    /// <param name="diagnostics">Takes the escapes that do not exist.</param>
    public static ImmutableArray<byte> Decode(ReadOnlySpan<char> quoted, Func<int, int, SourceSpan> errorPlace, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<char> body = quoted[1..^1];
        if (!body.Contains('\\'))
            return [.. SourceEncoding.Encode(body)];
        var bytes = ImmutableArray.CreateBuilder<byte>(body.Length);
        int position = 0;
        while (position < body.Length)
        {
            int escape = body[position..].IndexOf('\\');
            int plain = escape < 0 ? body.Length - position : escape;
            bytes.AddRange(SourceEncoding.Encode(body.Slice(position, plain)));
            position += plain;
            if (escape < 0)
                break;
            int length = DecodeEscape(body[position..], bytes);
            if (length < 0)
            {
                length = Math.Min(2, body.Length - position);
                diagnostics.Error(SyntaxErrorId.BadEscape, errorPlace(position + 1, length),
                    $"unknown escape sequence '{body.Slice(position, length)}'",
                    "there are \\n \\t \\r \\\" \\\\, \\0 and two octal digits, \\x and two hexadecimal digits");
            }
            position += length;
        }
        return bytes.DrainToImmutable();
    }

    /// <summary>Adds what an escape stands for and gives its length, or a negative number.</summary>
    private static int DecodeEscape(ReadOnlySpan<char> text, ImmutableArray<byte>.Builder bytes)
    {
        switch (text)
        {
            case ['\\', 'n', ..]:
                bytes.Add((byte)'\n');
                return 2;
            case ['\\', 't', ..]:
                bytes.Add((byte)'\t');
                return 2;
            case ['\\', 'r', ..]:
                bytes.Add((byte)'\r');
                return 2;
            case ['\\', ('"' or '\\') and var c, ..]:
                bytes.Add((byte)c);
                return 2;
            case ['\\', 'x', ..]:
                return DecodeNumber(text, 2, 2, 16, bytes);
            case ['\\', >= '0' and <= '7', ..]:
                return DecodeNumber(text, 1, 3, 8, bytes);
            default:
                return -1;
        }
    }

    private static int DecodeNumber(ReadOnlySpan<char> text, int start, int maxDigits, int radix, ImmutableArray<byte>.Builder bytes)
    {
        int value = 0, position = start;
        while (position < text.Length && position < start + maxDigits && DigitOf(text[position]) is var digit && digit < radix)
        {
            value = value * radix + digit;
            position++;
        }
        if (position == start || value > byte.MaxValue)
            return -1;
        bytes.Add((byte)value);
        return position;
    }

    private static int DigitOf(char c) => char.IsAsciiHexDigit(c) ? char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10 : int.MaxValue;
}
