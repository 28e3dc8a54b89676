using System.Globalization;

namespace Imker.Elf;

/// <summary>Where an argument of a USDT probe is: a constant, a register, or memory at a register and a distance.</summary>
/// <param name="Size">Bytes: 1, 2, 4 or 8.</param>
/// <param name="IsSigned">Whether its uppermost bit is a sign.</param>
/// <param name="Register">Without <c>%</c>, as the assembler calls it; null for constants.</param>
/// <param name="IsMemory">The register holds an address.</param>
/// <param name="Value">The constant, or the distance from the address.</param>
public readonly record struct UsdtArgument(int Size, bool IsSigned, string? Register, bool IsMemory, long Value)
{
    /// <summary>All arguments; false when one is in a place that no program can read, as one by two registers.</summary>
    public static bool TryParseAll(string text, out UsdtArgument[] arguments)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new List<UsdtArgument>();
        arguments = [];
        // Arm's assembler puts a space into its brackets.
        foreach (string part in text.Replace(", ", ",", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse(part, out UsdtArgument argument))
                return false;
            result.Add(argument);
        }
        arguments = [.. result];
        return true;
    }

    private static bool TryParse(string text, out UsdtArgument argument)
    {
        argument = default;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        // A number may have letters behind it for floating point, which programs cannot read.
        if (at < 0 || !int.TryParse(text[..at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size)
            || Math.Abs(size) is not (1 or 2 or 4 or 8) || !TryParsePlace(text[(at + 1)..], out argument))
            return false;
        argument = argument with { Size = Math.Abs(size), IsSigned = size < 0 };
        return true;
    }

    private static bool TryParsePlace(string text, out UsdtArgument place)
    {
        place = default;
        if (text.StartsWith('$') || (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') && !text.EndsWith(')')))
            return TryParseNumber(text.TrimStart('$'), out long constant) && Is(new UsdtArgument(0, false, null, false, constant), out place);
        if (text.StartsWith('%'))
            return IsName(text[1..]) && Is(new UsdtArgument(0, false, text[1..], false, 0), out place);
        if (text.EndsWith(')') && text.IndexOf("(%", StringComparison.Ordinal) is var open and >= 0)
            return Memory(text[(open + 2)..^1], text[..open], out place);
        if (text.StartsWith('[') && text.EndsWith(']'))
            return text[1..^1].Split(',') is [var register, .. var distance] && distance.Length <= 1
                && Memory(register, distance.Length == 0 ? "" : distance[0].TrimStart('#'), out place);
        return IsName(text) && Is(new UsdtArgument(0, false, text, false, 0), out place);
    }

    private static bool Memory(string register, string distance, out UsdtArgument place)
    {
        place = default;
        long value = 0;
        return IsName(register) && (distance.Length == 0 || TryParseNumber(distance, out value))
            && Is(new UsdtArgument(0, false, register, true, value), out place);
    }

    private static bool Is(UsdtArgument value, out UsdtArgument place)
    {
        place = value;
        return true;
    }

    private static bool TryParseNumber(string text, out long value)
    {
        bool isNegative = text.StartsWith('-');
        string digits = isNegative ? text[1..] : text;
        bool isRead = digits.StartsWith("0x", StringComparison.Ordinal)
            ? long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        value = isNegative ? -value : value;
        return isRead;
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit);
}
