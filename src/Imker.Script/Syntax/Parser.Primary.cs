using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    private ExpressionSyntax ParsePrimary()
    {
        switch (current.Kind)
        {
            case TokenKind.Integer:
                return ParseInteger();
            case TokenKind.String:
                return ParseString();
            case TokenKind.True or TokenKind.False:
                Token literal = Take();
                return new BooleanLiteralSyntax(SpanOf(literal), literal.Kind == TokenKind.True);
            case TokenKind.Variable:
                return ParseVariable();
            case TokenKind.Map:
                return ParseMap();
            case TokenKind.Parameter:
                Token parameter = Take();
                SourceSpan text = source.Span(parameter.TextStart, parameter.TextStart + parameter.TextLength);
                return new PositionalParameterSyntax(SpanOf(parameter), lexer.ParameterNumber(text));
            case TokenKind.ParameterCount:
                return new ParameterCountSyntax(SpanOf(Take()));
            case TokenKind.OpenParen:
                return ParseParenthesized();
            case TokenKind.OpenBrace:
                BlockSyntax block = ParseBlock("the block");
                return new BlockExpressionSyntax(block.Span, block);
            case TokenKind.Sizeof:
                return ParseSizeof();
            case TokenKind.Offsetof:
                return ParseOffsetof();
            case TokenKind.Comptime:
                int start = Take().Start;
                ExpressionSyntax operand = ParseExpression();
                return new ComptimeSyntax(SpanFrom(start), operand);
            case TokenKind.Struct or TokenKind.Union or TokenKind.Enum or TokenKind.Typeof:
                TypeSyntax type = ParseType();
                return new TypeExpressionSyntax(type.Span, type);
            case TokenKind.Identifier or TokenKind.Config:
                return ParseIdentifier();
            default:
                ReportExpected("an expression");
                return Missing();
        }
    }

    private ExpressionSyntax ParseIdentifier()
    {
        Token token = Take();
        SourceSpan span = SpanOf(token);
        string name = TextOf(token).ToString();
        if (!TryTake(TokenKind.OpenParen))
            return new IdentifierSyntax(span, name);
        ImmutableArray<ExpressionSyntax> arguments = ParseList(TokenKind.CloseParen, "to close the argument list");
        return new CallSyntax(SpanFrom(token.Start), new NameSyntax(span, name), arguments);
    }

    private ExpressionSyntax ParseInteger()
    {
        Token token = Take();
        if (IntegerLiteral.TryParse(TextOf(token), out ulong value, out string? problem))
            return new IntegerLiteralSyntax(SpanOf(token), value);
        diagnostics.Error(SyntaxErrorId.BadNumber, SpanOf(token), $"'{Lexer.Shorten(TextOf(token))}' is no number: {problem}");
        return new ErrorExpressionSyntax(SpanOf(token));
    }

    private StringLiteralSyntax ParseString()
    {
        Token token = Take();
        ImmutableArray<byte> bytes = StringLiteral.Decode(
            TextOf(token), (offset, length) => source.Span(token.TextStart + offset, token.TextStart + offset + length), diagnostics);
        return new StringLiteralSyntax(SpanOf(token), bytes);
    }

    private VariableSyntax ParseVariable()
    {
        Token token = Take();
        return new VariableSyntax(SpanOf(token), TextOf(token).ToString());
    }

    private MapSyntax ParseMap()
    {
        Token token = Take();
        return new MapSyntax(SpanOf(token), TextOf(token).ToString());
    }

    /// <summary><c>(x)</c>, a tuple, or a record.</summary>
    private ExpressionSyntax ParseParenthesized()
    {
        int start = Take().Start;
        if (TokenFacts.IsName(current.Kind) && Peek(1) == TokenKind.Equal)
            return ParseRecord(start);
        if (TryTake(TokenKind.CloseParen))
            return new TupleSyntax(SpanFrom(start), []);
        bool outerPredicate = inPredicate;
        inPredicate = false;
        ExpressionSyntax first = ParseExpression();
        inPredicate = outerPredicate;
        if (TryTake(TokenKind.Comma))
        {
            ImmutableArray<ExpressionSyntax> rest = ParseList(TokenKind.CloseParen, "to close the tuple");
            return new TupleSyntax(SpanFrom(start), rest.Insert(0, first));
        }
        if (OperatorFacts.TryGetAssignment(current.Kind, out _))
        {
            ReportExpected("')' to close the parenthesis", "'==' compares; an assignment is a statement of its own");
        }
        Close(TokenKind.CloseParen, "to close the parenthesis");
        return first;
    }

    private RecordSyntax ParseRecord(int start)
    {
        var fields = ImmutableArray.CreateBuilder<RecordFieldSyntax>();
        while (!At(TokenKind.CloseParen) && !At(TokenKind.EndOfFile))
        {
            int fieldStart = current.Start;
            if (ExpectName("the name of a field") is not { } name || !Expect(TokenKind.Equal, "and the value of the field"))
                break;
            ExpressionSyntax value = ParseExpression();
            fields.Add(new RecordFieldSyntax(SpanFrom(fieldStart), name, value));
            if (!TryTake(TokenKind.Comma))
                break;
        }
        Close(TokenKind.CloseParen, "to close the record");
        return new RecordSyntax(SpanFrom(start), fields.DrainToImmutable());
    }

    private SizeofSyntax ParseSizeof()
    {
        int start = Take().Start;
        ExpressionSyntax operand = new ErrorExpressionSyntax(SpanFrom(start));
        if (Expect(TokenKind.OpenParen, "after 'sizeof'"))
        {
            operand = ParseTypeOrExpression();
            Close(TokenKind.CloseParen, "to close 'sizeof'");
        }
        return new SizeofSyntax(SpanFrom(start), operand);
    }

    private OffsetofSyntax ParseOffsetof()
    {
        int start = Take().Start;
        ExpressionSyntax operand = new ErrorExpressionSyntax(SpanFrom(start));
        var path = ImmutableArray.CreateBuilder<NameSyntax>();
        if (Expect(TokenKind.OpenParen, "after 'offsetof'"))
        {
            operand = ParseTypeOrExpression();
            if (Expect(TokenKind.Comma, "and the name of a field"))
            {
                do
                {
                    if (ExpectName("the name of a field") is not { } name)
                        break;
                    path.Add(name);
                }
                while (TryTake(TokenKind.Dot));
            }
            Close(TokenKind.CloseParen, "to close 'offsetof'");
        }
        return new OffsetofSyntax(SpanFrom(start), operand, path.DrainToImmutable());
    }

    /// <summary>The operand of <c>sizeof</c>, <c>offsetof</c> and <c>typeof</c>; a lone name stays an expression.</summary>
    private ExpressionSyntax ParseTypeOrExpression()
    {
        int typeEnd = ScanType(0, out TypeCertainty certainty);
        bool isWhole = typeEnd > 1 && Peek(typeEnd) is TokenKind.CloseParen or TokenKind.Comma;
        if (!isWhole || certainty == TypeCertainty.Possible)
            return ParseExpression();
        TypeSyntax type = ParseType();
        return new TypeExpressionSyntax(type.Span, type);
    }
}
