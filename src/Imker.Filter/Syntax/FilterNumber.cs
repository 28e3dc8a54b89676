namespace Imker.Filter.Syntax;

internal enum FilterNumberProblem
{
    None,
    NotOctal,
    TooLarge,
}

/// <summary>Numbers as C writes them: decimal, octal after <c>0</c>, hexadecimal after <c>0x</c>.</summary>
internal static class FilterNumber
{
    public static FilterNumberProblem Parse(ReadOnlySpan<char> digits, out uint value)
    {
        uint radix = 10;
        if (digits is ['0', 'x' or 'X', ..])
        {
            radix = 16;
            digits = digits[2..];
        }
        else if (digits is ['0', _, ..])
        {
            radix = 8;
            digits = digits[1..];
        }
        ulong sum = 0;
        foreach (char c in digits)
        {
            uint digit = char.IsAsciiDigit(c) ? (uint)(c - '0') : (uint)((c | 0x20) - 'a' + 10);
            if (digit >= radix)
            {
                value = 0;
                return FilterNumberProblem.NotOctal;
            }
            sum = sum * radix + digit;
            if (sum > uint.MaxValue)
            {
                value = 0;
                return FilterNumberProblem.TooLarge;
            }
        }
        value = (uint)sum;
        return FilterNumberProblem.None;
    }
}
