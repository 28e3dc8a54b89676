using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>
/// Cuts a filter into tokens. As in libpcap the longest match wins, so that <c>ftp-data</c> and <c>80-90</c> are names; of matches of one
/// length a word of the language wins, then a MAC address, a number, an IPv4 and an IPv6 address, and last a name.
/// </summary>
internal sealed partial class FilterLexer(SourceText source, DiagnosticBag diagnostics)
{
    // No name of a host or service is longer.
    private const int LongestWord = 255;

    private readonly string text = source.Text;
    private int position;

    public FilterToken Next()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
        if (position == text.Length)
            return new FilterToken(FilterTokenKind.End, source.Span(position, position));
        char c = text[position];
        if (char.IsAsciiLetterOrDigit(c) || c == ':')
            return Word();
        return c switch
        {
            '\\' => Escaped(),
            '$' => Arcnet(),
            _ => Sign(c),
        };
    }

    private FilterToken Word()
    {
        ReadOnlySpan<char> rest = text.AsSpan(position);
        int name = NameLength(rest), mac = MacLength(rest), number = NumberLength(rest), ip4 = Ip4Length(rest), ip6 = Ip6Length(rest), bogus = BogusMacLength(rest);
        int longest = Math.Max(Math.Max(Math.Max(name, mac), Math.Max(number, ip4)), Math.Max(ip6, bogus));
        if (longest == 0)
            return Take(FilterTokenKind.Colon, 1);
        if (longest > LongestWord)
            return Bad(longest, FilterErrorId.TooLong, $"is a word of {longest} characters", $"words have {LongestWord} at most");
        if (name == longest && FilterKeywords.TryFind(rest[..name], out FilterTokenKind kind, out uint value))
            return Take(kind, name, value);
        if (mac == longest)
            return Take(FilterTokenKind.EtherAddress, mac);
        if (number == longest)
            return Number(number);
        if (ip4 == longest)
            return Take(FilterTokenKind.Ip4Address, ip4);
        if (ip6 == longest)
            return Ip6(ip6);
        if (bogus == longest)
            return Bad(bogus, FilterErrorId.BadAddress, "is no MAC address", "a MAC address has six groups of one or two hex digits: 00:11:22:33:44:55");
        return Take(FilterTokenKind.Name, name);
    }

    private FilterToken Number(int length)
    {
        ReadOnlySpan<char> digits = text.AsSpan(position, length);
        return FilterNumber.Parse(digits, out uint value) switch
        {
            FilterNumberProblem.None => Take(FilterTokenKind.Number, length, value),
            FilterNumberProblem.NotOctal => Bad(length, FilterErrorId.BadNumber, "is no number", "a number that begins with 0 is octal, one that begins with 0x hexadecimal"),
            _ => Bad(length, FilterErrorId.BadNumber, "is too large", "a number has 32 bits: 4294967295 at most"),
        };
    }

    private FilterToken Ip6(int length) => Ip6Address.TryParse(text.AsSpan(position, length), out _)
        ? Take(FilterTokenKind.Ip6Address, length)
        : Bad(length, FilterErrorId.BadAddress, "is no IPv6 address");

    private FilterToken Escaped()
    {
        int end = position + 1;
        while (end < text.Length && text[end] is not (' ' or '!' or '(' or ')' or '\n' or '\t'))
            end++;
        if (end - position > LongestWord)
            return Bad(end - position, FilterErrorId.TooLong, $"is a word of {end - position} characters", $"words have {LongestWord} at most");
        return end > position + 1
            ? Take(FilterTokenKind.Name, end - position)
            : Bad(1, FilterErrorId.BadCharacter, "stands alone", @"a backslash makes the word behind it a name: ip proto \tcp");
    }

    private FilterToken Arcnet()
    {
        int digits = Math.Min(2, HexLength(text.AsSpan(position + 1)));
        return digits > 0
            ? Take(FilterTokenKind.ArcnetAddress, 1 + digits)
            : Bad(1, FilterErrorId.BadCharacter, "stands alone", "an ARCnet address is $ and one or two hex digits");
    }

    private FilterToken Sign(char c)
    {
        char next = position + 1 < text.Length ? text[position + 1] : '\0';
        FilterTokenKind two = (c, next) switch
        {
            ('>', '=') => FilterTokenKind.GreaterOrEqual,
            ('<', '=') => FilterTokenKind.LessOrEqual,
            ('!', '=') => FilterTokenKind.NotEqual,
            ('=', '=') => FilterTokenKind.Equal,
            ('<', '<') => FilterTokenKind.ShiftLeft,
            ('>', '>') => FilterTokenKind.ShiftRight,
            ('&', '&') => FilterTokenKind.And,
            ('|', '|') => FilterTokenKind.Or,
            _ => FilterTokenKind.Bad,
        };
        if (two != FilterTokenKind.Bad)
            return Take(two, 2);
        FilterTokenKind one = c switch
        {
            '+' => FilterTokenKind.Plus,
            '-' => FilterTokenKind.Minus,
            '*' => FilterTokenKind.Star,
            '/' => FilterTokenKind.Slash,
            '%' => FilterTokenKind.Percent,
            '[' => FilterTokenKind.LeftBracket,
            ']' => FilterTokenKind.RightBracket,
            '!' => FilterTokenKind.Not,
            '<' => FilterTokenKind.LessThan,
            '>' => FilterTokenKind.GreaterThan,
            '(' => FilterTokenKind.LeftParenthesis,
            ')' => FilterTokenKind.RightParenthesis,
            '&' => FilterTokenKind.Ampersand,
            '|' => FilterTokenKind.Bar,
            '^' => FilterTokenKind.Caret,
            '=' => FilterTokenKind.Equal,
            _ => FilterTokenKind.Bad,
        };
        return one != FilterTokenKind.Bad ? Take(one, 1) : Bad(1, FilterErrorId.BadCharacter, "begins no word, number or sign of a filter");
    }

    private FilterToken Take(FilterTokenKind kind, int length, uint value = 0)
    {
        var token = new FilterToken(kind, source.Span(position, position + length), value);
        position += length;
        return token;
    }

    private FilterToken Bad(int length, string id, string message, params ReadOnlySpan<string> hints)
    {
        FilterToken token = Take(FilterTokenKind.Bad, length);
        diagnostics.Error(id, token.Span, $"cannot read the filter: {token.Description} {message}", hints);
        return token;
    }
}
