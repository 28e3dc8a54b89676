using System.Buffers.Text;
using System.Globalization;

namespace Imker.Symbols;

/// <summary>Takes the parts of a line one after the other.</summary>
internal static class SymbolText
{
    /// <summary>A hexadecimal number without a prefix, and what follows it.</summary>
    public static bool TryTakeHex(scoped ref ReadOnlySpan<byte> text, out ulong value)
    {
        if (!Utf8Parser.TryParse(text, out value, out int length, 'x'))
            return false;
        text = text[length..];
        return true;
    }

    public static bool TryTakeDecimal(scoped ref ReadOnlySpan<byte> text, out ulong value)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> digits = length < 0 ? text : text[..length];
        text = text[digits.Length..];
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryTake(scoped ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }

    /// <summary>What stands before the separator, or all; the separator is taken too.</summary>
    public static ReadOnlySpan<byte> TakeUntil(scoped ref ReadOnlySpan<byte> text, char separator)
    {
        int length = text.IndexOf((byte)separator);
        ReadOnlySpan<byte> part = length < 0 ? text : text[..length];
        text = length < 0 ? default : text[(length + 1)..];
        return part;
    }
}
