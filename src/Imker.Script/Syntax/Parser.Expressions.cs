using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    private ExpressionSyntax ParseExpression()
    {
        if (!Descend())
            return Missing();
        ExpressionSyntax condition = ParseBinary(minimum: 1);
        ExpressionSyntax result = At(TokenKind.Question) ? ParseConditional(condition) : condition;
        Ascend();
        return result;
    }

    private ErrorExpressionSyntax Missing() => new(SpanOf(current));

    private ConditionalSyntax ParseConditional(ExpressionSyntax condition)
    {
        Take();
        ExpressionSyntax? whenTrue = At(TokenKind.Colon) ? null : ParseExpression();
        Expect(TokenKind.Colon, "and the value for the other case");
        ExpressionSyntax whenFalse = ParseExpression();
        return new ConditionalSyntax(condition.Span.To(whenFalse.Span), condition, whenTrue, whenFalse);
    }

    /// <summary>Precedence climbing: a chain of operators of one precedence is a loop, so its length is not limited by the stack.</summary>
    private ExpressionSyntax ParseBinary(int minimum)
    {
        ExpressionSyntax left = ParseUnary();
        while (OperatorFacts.TryGetBinary(current.Kind, out BinaryOperator op, out int precedence) && precedence >= minimum)
        {
            if (inPredicate && At(TokenKind.Slash) && Peek(1) == TokenKind.OpenBrace)
                break;
            SourceSpan operatorSpan = SpanOf(Take());
            ExpressionSyntax right = ParseBinary(precedence + 1);
            left = new BinarySyntax(left.Span.To(right.Span), op, operatorSpan, left, right);
        }
        return left;
    }

    private ExpressionSyntax ParseUnary()
    {
        bool isCast = At(TokenKind.OpenParen) && AtCast();
        bool isIncrement = At(TokenKind.PlusPlus) || At(TokenKind.MinusMinus);
        bool isUnary = OperatorFacts.TryGetUnary(current.Kind, out UnaryOperator op);
        if (!isCast && !isIncrement && !isUnary)
            return ParsePostfix();
        if (!Descend())
            return Missing();
        int start = current.Start;
        ExpressionSyntax result = isCast ? ParseCast() : isIncrement ? ParsePrefixIncrement() : ParseOperand(start, op);
        Ascend();
        return result;
    }

    private UnarySyntax ParseOperand(int start, UnaryOperator op)
    {
        Take();
        ExpressionSyntax operand = ParseUnary();
        return new UnarySyntax(SpanFrom(start), op, operand);
    }

    private IncrementSyntax ParsePrefixIncrement()
    {
        Token token = Take();
        ExpressionSyntax operand = ParseUnary();
        bool isDecrement = token.Kind == TokenKind.MinusMinus;
        return new IncrementSyntax(SpanFrom(token.Start), AsTarget(operand, "increment"), isDecrement, isPrefix: true);
    }

    private CastSyntax ParseCast()
    {
        int start = Take().Start;
        TypeSyntax type = ParseType();
        Expect(TokenKind.CloseParen, "to close the cast");
        ExpressionSyntax operand = ParseUnary();
        return new CastSyntax(SpanFrom(start), type, operand);
    }

    private ExpressionSyntax ParsePostfix()
    {
        int start = current.Start;
        ExpressionSyntax expression = ParsePrimary();
        int length = 0;
        while (true)
        {
            switch (current.Kind)
            {
                case TokenKind.Dot or TokenKind.Arrow:
                    expression = ParseMember(start, expression);
                    break;
                case TokenKind.OpenBracket:
                    expression = ParseIndex(start, expression);
                    break;
                case TokenKind.PlusPlus or TokenKind.MinusMinus when !IsFirstOnLine(current):
                    bool isDecrement = Take().Kind == TokenKind.MinusMinus;
                    expression = new IncrementSyntax(SpanFrom(start), AsTarget(expression, "increment"), isDecrement, isPrefix: false);
                    break;
                default:
                    nesting -= length;
                    return expression;
            }
            length++;
            if (!Descend())
                return expression;
        }
    }

    private ExpressionSyntax ParseMember(int start, ExpressionSyntax target)
    {
        bool isArrow = Take().Kind == TokenKind.Arrow;
        if (At(TokenKind.Integer))
        {
            Token number = Take();
            if (target is IntegerLiteralSyntax)
            {
                diagnostics.Error(SyntaxErrorId.BadNumber, SpanFrom(start), "the language has no floating-point numbers",
                    "multiply first, as in '$ns * 10 / 1000'");
                return new ErrorExpressionSyntax(SpanFrom(start));
            }
            return new TupleElementSyntax(SpanFrom(start), target, TupleIndex(number));
        }
        return ExpectName($"the name of a field after '{(isArrow ? "->" : ".")}'") is { } member
            ? new MemberSyntax(SpanFrom(start), target, member, isArrow)
            : new ErrorExpressionSyntax(SpanFrom(start));
    }

    private int TupleIndex(Token number)
    {
        if (int.TryParse(TextOf(number), out int index) && index >= 0)
            return index;
        diagnostics.Error(SyntaxErrorId.BadNumber, SpanOf(number), $"'{Lexer.Shorten(TextOf(number))}' is no element of a tuple",
            "elements count from .0 on");
        return 0;
    }

    private IndexSyntax ParseIndex(int start, ExpressionSyntax target)
    {
        Token open = Take();
        ImmutableArray<ExpressionSyntax> arguments = ParseList(TokenKind.CloseBracket, "to close the brackets");
        if (arguments.IsEmpty)
        {
            diagnostics.Error(SyntaxErrorId.Unexpected, SpanFrom(open.Start), "expected a key between the brackets",
                "a map as a whole is written without brackets");
            arguments = [new ErrorExpressionSyntax(SpanFrom(open.Start))];
        }
        return new IndexSyntax(SpanFrom(start), target, arguments);
    }

    /// <summary>Expressions between commas up to a closing token, which is taken.</summary>
    private ImmutableArray<ExpressionSyntax> ParseList(TokenKind closer, string purpose)
    {
        var items = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        bool outerPredicate = inPredicate;
        inPredicate = false;
        while (!At(closer) && !At(TokenKind.EndOfFile))
        {
            items.Add(ParseExpression());
            if (!TryTake(TokenKind.Comma))
                break;
        }
        inPredicate = outerPredicate;
        if (items.Count > 0 && !At(closer))
            ReportExpected($"',' or {TokenFacts.Describe(closer)} {purpose}");
        Close(closer, purpose);
        return items.DrainToImmutable();
    }

    private void Close(TokenKind closer, string purpose)
    {
        if (HasErrorHere || !Expect(closer, purpose))
            SkipPast(closer);
    }
}
