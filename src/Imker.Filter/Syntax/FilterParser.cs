using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>
/// Reads a filter into a tree. The grammar is libpcap's: <c>and</c> and <c>or</c> bind alike and to the left, and an identifier without
/// words before it takes over those of the primitive before it. Reading ends at the first error: what follows one can rarely be told.
/// </summary>
internal sealed partial class FilterParser
{
    /// <summary>How deep parentheses, negations and operators may be nested.</summary>
    public const int MaxDepth = 1000;

    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics;
    private readonly FilterLexer lexer;
    private FilterToken previous, token, ahead;
    private int depth;
    private bool hasFailed;

    private FilterParser(SourceText source, DiagnosticBag diagnostics)
    {
        (this.source, this.diagnostics) = (source, diagnostics);
        lexer = new FilterLexer(source, diagnostics);
        token = lexer.Next();
        ahead = token.Kind == FilterTokenKind.End ? token : lexer.Next();
    }

    /// <summary>The tree of a filter; null when the filter is empty, and when it is wrong, which the diagnostics tell.</summary>
    public static FilterSyntax? Parse(SourceText source, DiagnosticBag diagnostics)
    {
        var parser = new FilterParser(source, diagnostics);
        if (parser.token.Kind == FilterTokenKind.End)
            return null;
        Item filter = parser.Expression(FilterQualifiers.Undefined, mayBeIdentifier: false);
        if (filter.Kind == ItemKind.Number)
            parser.NeedComparison(filter.Number!);
        else if (parser.token.Kind != FilterTokenKind.End)
            parser.Unexpected("'and', 'or' or the end of the filter");
        return parser.hasFailed || diagnostics.HasErrors ? null : filter.Condition;
    }

    // What stands between two words: in libpcap's grammar it matters whether it is an identifier alone, a group of such, or anything else.
    private enum ItemKind
    {
        Condition,
        Identifier,
        IdentifierGroup,
        Number,
    }

    private readonly record struct Item(ItemKind Kind, FilterSyntax? Condition, ArithmeticSyntax? Number, FilterQualifiers Qualifiers)
    {
        public bool IsIdentifier => Kind is ItemKind.Identifier or ItemKind.IdentifierGroup;
    }

    /// <summary>Conditions with words between; or a number alone, when a parenthesis behind it shows that it is part of a computation.</summary>
    /// <param name="qualifiers">What an identifier without words takes over.</param>
    /// <param name="mayBeIdentifier">Whether the first may be such an identifier.</param>
    private Item Expression(FilterQualifiers qualifiers, bool mayBeIdentifier)
    {
        int start = token.Span.Start;
        Item first = Next(qualifiers, mayBeIdentifier);
        bool isChained = token.Kind is FilterTokenKind.And or FilterTokenKind.Or;
        if (first.Kind == ItemKind.Number)
        {
            if (!isChained || !mayBeIdentifier || first.Number is not NumberSyntax)
                return first;
            first = Identify(first, qualifiers);
        }
        if (first.Kind == ItemKind.IdentifierGroup)
            Fail(FilterErrorId.Unexpected, first.Condition?.Span ?? token.Span, "a group of names cannot begin with a group", "leave out the inner parentheses");
        if (!isChained)
            return first;
        Item current = first;
        var rest = ImmutableArray.CreateBuilder<ChainLink>();
        while (token.Kind is FilterTokenKind.And or FilterTokenKind.Or)
        {
            bool isOr = Take().Kind == FilterTokenKind.Or;
            int operandStart = token.Span.Start;
            current = Next(current.Qualifiers, mayBeIdentifier: true);
            if (current.Kind == ItemKind.Number)
                current = Identify(current, current.Qualifiers);
            if (first.Kind == ItemKind.Identifier && !current.IsIdentifier)
                Fail(FilterErrorId.Unexpected, SpanFrom(operandStart), "a group that begins with a name alone holds only names",
                    "write the whole condition for the first name too: (host a or host b)");
            rest.Add(new ChainLink(isOr, current.Condition ?? Nothing));
        }
        var chain = new ChainSyntax(SpanFrom(start), first.Condition ?? Nothing, rest.ToImmutable());
        return new Item(first.Kind, chain, null, current.Qualifiers);
    }

    private Item Next(FilterQualifiers qualifiers, bool mayBeIdentifier)
    {
        if (++depth > MaxDepth)
            Fail(FilterErrorId.TooDeep, token.Span, $"the filter is nested deeper than {MaxDepth}");
        Item item = token.Kind switch
        {
            FilterTokenKind.Not => Not(qualifiers, mayBeIdentifier),
            FilterTokenKind.LeftParenthesis => Parenthesis(qualifiers, mayBeIdentifier),
            _ when StartsArithmetic => Computation(Arithmetic(0), qualifiers),
            _ when StartsIdentifier => LoneIdentifier(qualifiers, mayBeIdentifier),
            _ => Primitive(),
        };
        depth--;
        return item;
    }

    private Item Not(FilterQualifiers qualifiers, bool mayBeIdentifier)
    {
        int start = Take().Span.Start;
        Item operand = Next(qualifiers, mayBeIdentifier);
        if (operand.Kind == ItemKind.Number && mayBeIdentifier)
            operand = Identify(operand, qualifiers);
        if (operand.Kind == ItemKind.Number)
            NeedComparison(operand.Number!);
        return operand with
        {
            Kind = operand.IsIdentifier ? ItemKind.Identifier : ItemKind.Condition,
            Condition = new NotSyntax(SpanFrom(start), operand.Condition ?? Nothing),
        };
    }

    private Item Parenthesis(FilterQualifiers qualifiers, bool mayBeIdentifier)
    {
        int start = Take().Span.Start;
        Item inner = Expression(qualifiers, mayBeIdentifier);
        if (inner.Kind == ItemKind.Number && token.Kind != FilterTokenKind.RightParenthesis)
            NeedComparison(inner.Number!);
        else
            Expect(FilterTokenKind.RightParenthesis, "')'");
        if (inner.Kind == ItemKind.Number)
            return Computation(Arithmetic(inner.Number! with { Span = SpanFrom(start) }, 0), qualifiers);
        return inner with { Kind = inner.IsIdentifier ? ItemKind.IdentifierGroup : ItemKind.Condition, Qualifiers = qualifiers };
    }

    // A number is a computation until no comparison follows it.
    private Item Computation(ArithmeticSyntax left, FilterQualifiers qualifiers)
    {
        if (ComparisonOf(token.Kind) is not { } comparison)
            return new Item(ItemKind.Number, null, left, qualifiers);
        Take();
        ArithmeticSyntax right = Arithmetic(0);
        return Whole(new RelationSyntax(left.Span.To(right.Span), left, comparison, right));
    }

    private static Item Whole(FilterSyntax condition) => new(ItemKind.Condition, condition, null, FilterQualifiers.Undefined);

    private void NeedComparison(ArithmeticSyntax number)
    {
        if (token.Kind is FilterTokenKind.End or FilterTokenKind.And or FilterTokenKind.Or or FilterTokenKind.RightParenthesis)
            Fail(FilterErrorId.Unexpected, number.Span, $"'{FilterToken.Shorten(number.Span.Text)}' is a number, and no condition",
                "compare it: tcp[13] & 2 != 0", "or say what it is: port 80, host 10.0.0.1");
        else
            Unexpected("a comparison (=, !=, <, >, <=, >=) or an operator");
    }

    private FilterToken Take()
    {
        FilterToken taken = previous = token;
        token = ahead;
        if (ahead.Kind is not (FilterTokenKind.End or FilterTokenKind.Bad))
            ahead = lexer.Next();
        return taken;
    }

    private SourceSpan SpanFrom(int start) => source.Span(start, Math.Max(start, previous.Span.End));

    // Stands in the tree where an error was; such a tree is not given out.
    private FilterSyntax Nothing => new ProtocolSyntax(token.Span, FilterProtocol.Undefined);
}
