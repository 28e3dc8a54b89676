namespace Imker.Filter.Syntax;

internal sealed partial class FilterLexer
{
    private const int MaxIp6Groups = 8, Ip4Parts = 4, MacGroups = 6;

    // A letter or digit, then letters, digits, '.', '-' and '_', the last of which is no '-' or '_'.
    private static int NameLength(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || !char.IsAsciiLetterOrDigit(rest[0]))
            return 0;
        int length = 1;
        for (int i = 1; i < rest.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(rest[i]) || rest[i] == '.')
                length = i + 1;
            else if (rest[i] is not ('-' or '_'))
                break;
        }
        return length;
    }

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        if (rest is ['0', 'x' or 'X', ..] && HexLength(rest[2..]) is > 0 and var digits)
            return 2 + digits;
        int length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
            length++;
        return length;
    }

    // Two to four numbers with dots between.
    private static int Ip4Length(ReadOnlySpan<char> rest)
    {
        int length = 0, end = NumberLength(rest);
        if (end == 0)
            return 0;
        for (int parts = 1; parts < Ip4Parts && end < rest.Length && rest[end] == '.'; parts++)
        {
            int number = NumberLength(rest[(end + 1)..]);
            if (number == 0)
                break;
            length = end += 1 + number;
        }
        return length;
    }

    // Six groups of one or two hex digits with one kind of sign between, three groups of four with dots, or twelve digits.
    private static int MacLength(ReadOnlySpan<char> rest)
    {
        int digits = HexLength(rest);
        if (digits >= 2 * MacGroups)
            return 2 * MacGroups;
        if (digits == 4 && Groups(rest, '.', 3, 4, 4) is > 0 and var triple)
            return triple;
        return digits is 1 or 2 && digits < rest.Length && rest[digits] is ':' or '-' or '.' ? Groups(rest, rest[digits], MacGroups, 1, 2) : 0;
    }

    private static int Groups(ReadOnlySpan<char> rest, char separator, int count, int least, int most)
    {
        int end = 0;
        for (int group = 0; group < count; group++)
        {
            if (group > 0 && (end >= rest.Length || rest[end++] != separator))
                return 0;
            int digits = Math.Min(most, HexLength(rest[end..]));
            if (digits < least)
                return 0;
            end += digits;
        }
        return end;
    }

    // What begins as a MAC address with colons and is none: one or two digits and colons, twice or more.
    private static int BogusMacLength(ReadOnlySpan<char> rest)
    {
        int length = 0;
        for (int groups = 0, end = 0; ; groups++)
        {
            int digits = Math.Min(2, HexLength(rest[end..]));
            int colons = end + digits;
            while (digits > 0 && colons < rest.Length && rest[colons] == ':')
                colons++;
            if (digits == 0 || colons == end + digits)
                return length;
            end = colons;
            if (groups > 0)
                length = end;
        }
    }

    /// <summary>The longest beginning that has the form of an IPv6 address: eight groups, or fewer and one <c>::</c>, the last two perhaps as IPv4.</summary>
    private static int Ip6Length(ReadOnlySpan<char> rest)
    {
        int longest = 0, groups = 0, end = 0;
        bool isShortened = false;
        while (true)
        {
            if (rest[end..] is [':', ':', ..] && !isShortened)
            {
                isShortened = true;
                end += 2;
            }
            else if (groups > 0 && rest[end..] is [':', ..])
            {
                end++;
            }
            else if (groups > 0 || isShortened)
            {
                return longest;
            }
            if (isShortened && groups < MaxIp6Groups && rest[end - 1] == ':' && end >= 2 && rest[end - 2] == ':')
                longest = end;
            if (groups == MaxIp6Groups || (isShortened && groups == MaxIp6Groups - 1))
                return longest;
            if (QuadLength(rest[end..]) is > 0 and var quad && (isShortened ? groups <= 5 : groups == 6))
                longest = Math.Max(longest, end + quad);
            int digits = Math.Min(4, HexLength(rest[end..]));
            if (digits == 0)
                return longest;
            end += digits;
            groups++;
            if (isShortened || groups == MaxIp6Groups)
                longest = Math.Max(longest, end);
        }
    }

    private static int QuadLength(ReadOnlySpan<char> rest)
    {
        int end = 0;
        for (int part = 0; part < Ip4Parts; part++)
        {
            if (part > 0 && (end >= rest.Length || rest[end++] != '.'))
                return 0;
            int number = NumberLength(rest[end..]);
            if (number == 0)
                return 0;
            end += number;
        }
        return end;
    }

    private static int HexLength(ReadOnlySpan<char> rest)
    {
        int length = 0;
        while (length < rest.Length && char.IsAsciiHexDigit(rest[length]))
            length++;
        return length;
    }
}
