namespace Imker.Script.Syntax;

/// <summary>The value of a number: <c>42</c>, <c>1_000</c>, <c>0x2a</c>, <c>052</c>, <c>1e6</c>, <c>42UL</c>, <c>10ms</c>.</summary>
public static class IntegerLiteral
{
    private static readonly (string Suffix, ulong Nanoseconds)[] Durations =
    [
        ("ns", 1),
        ("us", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000),
    ];

    private const string TooLarge = "the number does not fit into 64 bits";

    /// <summary>Parses a whole number; a duration becomes its nanoseconds, a suffix of C counts for nothing.</summary>
    /// <param name="text">The number, from its first digit on.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong value, out string? problem)
    {
        if (text is ['0', 'x' or 'X', ..])
            return TryParseDigits(text[2..], 16, out value, out problem);
        if (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))
            return TryParseDigits(text[1..], 8, out value, out problem);
        return TryParseDecimal(text, out value, out problem);
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, int radix, out ulong value, out string? problem)
    {
        value = 0;
        ReadOnlySpan<char> digits = text.TrimEnd("uUlL");
        problem = digits.Trim('_').IsEmpty ? "expected digits" : null;
        foreach (char c in digits)
        {
            if (problem is not null)
                return false;
            if (c == '_')
                continue;
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                problem = $"'{c}' is not {(radix == 8 ? "an octal" : "a hexadecimal")} digit";
            else if (value > (ulong.MaxValue - (ulong)digit) / (ulong)radix)
                problem = TooLarge;
            else
                value = value * (ulong)radix + (ulong)digit;
        }
        return problem is null;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out ulong value, out string? problem)
    {
        int length = CountDigits(text);
        if (!TryAccumulate(text[..length], out value, out problem))
            return false;
        ReadOnlySpan<char> rest = text[length..];
        if (rest is ['e' or 'E', ..])
        {
            int exponentLength = CountDigits(rest[1..]);
            if (exponentLength == 0)
            {
                problem = "expected an exponent without sign after 'e'";
                return false;
            }
            if (!TryScale(rest.Slice(1, exponentLength), ref value, out problem))
                return false;
            rest = rest[(1 + exponentLength)..];
        }
        return TryApplySuffix(rest, ref value, out problem);
    }

    private static bool TryAccumulate(ReadOnlySpan<char> digits, out ulong value, out string? problem)
    {
        (value, problem) = (0, digits.IsEmpty ? "expected digits" : null);
        foreach (char c in digits)
        {
            if (c == '_')
                continue;
            ulong digit = (ulong)(c - '0');
            if (value > (ulong.MaxValue - digit) / 10)
            {
                problem = TooLarge;
                return false;
            }
            value = value * 10 + digit;
        }
        return problem is null;
    }

    private static bool TryScale(ReadOnlySpan<char> exponent, ref ulong value, out string? problem)
    {
        problem = null;
        if (value == 0)
            return true;
        if (!TryAccumulate(exponent, out ulong power, out problem))
            return false;
        for (; power > 0; power--)
        {
            if (value > ulong.MaxValue / 10)
            {
                problem = TooLarge;
                return false;
            }
            value *= 10;
        }
        return true;
    }

    private static bool TryApplySuffix(ReadOnlySpan<char> suffix, ref ulong value, out string? problem)
    {
        problem = null;
        if (suffix.TrimEnd("uUlL").IsEmpty)
            return true;
        foreach ((string name, ulong nanoseconds) in Durations)
        {
            if (!suffix.SequenceEqual(name))
                continue;
            if (value > ulong.MaxValue / nanoseconds)
            {
                problem = "the duration does not fit into 64 bits of nanoseconds";
                return false;
            }
            value *= nanoseconds;
            return true;
        }
        problem = $"unknown suffix '{Lexer.Shorten(suffix)}' (durations end in ns, us, ms, s, m, h or d)";
        return false;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && (char.IsAsciiDigit(text[count]) || text[count] == '_'))
            count++;
        return count;
    }
}
