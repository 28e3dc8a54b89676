namespace Imker.Filter.Syntax;

internal sealed partial class FilterParser
{
    private const int UnaryLevel = 6;

    private bool StartsArithmetic => token.Kind is FilterTokenKind.Number or FilterTokenKind.Minus or FilterTokenKind.Length
        || (token.Kind == FilterTokenKind.Protocol && ahead.Kind == FilterTokenKind.LeftBracket);

    private ArithmeticSyntax Arithmetic(int level) => Arithmetic(Operand(), level);

    /// <summary>
    /// Operators behind an operand that bind at least as tightly as a level. <c>%</c> and <c>^</c> have no rank in libpcap's grammar: they take
    /// all that stands to their right, and stand before every operator to their left.
    /// </summary>
    private ArithmeticSyntax Arithmetic(ArithmeticSyntax left, int level)
    {
        while (LevelOf(token.Kind) is { } own && (own == 0 || own >= level))
        {
            FilterTokenKind operation = Take().Kind;
            ArithmeticSyntax right = Nested(own == 0 ? 0 : own + 1);
            left = Limited(new BinarySyntax(left.Span.To(right.Span), left, operation, right));
        }
        return left;
    }

    private ArithmeticSyntax Nested(int level)
    {
        if (++depth > MaxDepth)
            Fail(FilterErrorId.TooDeep, token.Span, $"the filter is nested deeper than {MaxDepth}");
        ArithmeticSyntax number = Arithmetic(level);
        depth--;
        return number;
    }

    // A long row of operators is a deep tree, though it is read in a loop.
    private ArithmeticSyntax Limited(ArithmeticSyntax number)
    {
        if (number.Depth <= MaxDepth)
            return number;
        Fail(FilterErrorId.TooDeep, token.Span, $"a computation has more than {MaxDepth} operators in a row");
        return new NumberSyntax(number.Span, 0);
    }

    private ArithmeticSyntax Operand()
    {
        int start = token.Span.Start;
        switch (token.Kind)
        {
            case FilterTokenKind.Number:
                FilterToken number = Take();
                return new NumberSyntax(number.Span, number.Value);
            case FilterTokenKind.Length:
                return new PacketLengthSyntax(Take().Span);
            case FilterTokenKind.Minus:
                Take();
                ArithmeticSyntax operand = Nested(UnaryLevel);
                return Limited(new NegationSyntax(SpanFrom(start), operand));
            case FilterTokenKind.LeftParenthesis:
                Take();
                ArithmeticSyntax inner = Nested(0);
                Expect(FilterTokenKind.RightParenthesis, "')' or an operator");
                return inner with { Span = SpanFrom(start) };
            case FilterTokenKind.Protocol when ahead.Kind == FilterTokenKind.LeftBracket:
                return PacketBytes();
            default:
                Unexpected("a number, 'len' or bytes of a header such as ip[0]");
                return new NumberSyntax(token.Span, 0);
        }
    }

    private ArithmeticSyntax PacketBytes()
    {
        FilterToken protocol = Take();
        Take();
        ArithmeticSyntax index = Nested(0);
        uint size = 1;
        if (token.Kind == FilterTokenKind.Colon)
        {
            Take();
            size = Expect(FilterTokenKind.Number, "a size of 1, 2 or 4 bytes").Value;
        }
        Expect(FilterTokenKind.RightBracket, "']' or ':' and a size");
        return Limited(new PacketBytesSyntax(SpanFrom(protocol.Span.Start), (FilterProtocol)protocol.Value, index, size));
    }

    // The rank of an operator, a higher one binds tighter; 0 for those without rank, null for what is none.
    private static int? LevelOf(FilterTokenKind kind) => kind switch
    {
        FilterTokenKind.Bar => 1,
        FilterTokenKind.Ampersand => 2,
        FilterTokenKind.ShiftLeft or FilterTokenKind.ShiftRight => 3,
        FilterTokenKind.Plus or FilterTokenKind.Minus => 4,
        FilterTokenKind.Star or FilterTokenKind.Slash => 5,
        FilterTokenKind.Percent or FilterTokenKind.Caret => 0,
        _ => null,
    };

    private static Comparison? ComparisonOf(FilterTokenKind kind) => kind switch
    {
        FilterTokenKind.Equal => Comparison.Equal,
        FilterTokenKind.NotEqual => Comparison.NotEqual,
        FilterTokenKind.GreaterThan => Comparison.Greater,
        FilterTokenKind.GreaterOrEqual => Comparison.GreaterOrEqual,
        FilterTokenKind.LessThan => Comparison.Less,
        FilterTokenKind.LessOrEqual => Comparison.LessOrEqual,
        _ => null,
    };
}
