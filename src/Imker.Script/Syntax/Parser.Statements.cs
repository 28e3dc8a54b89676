using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    private BlockSyntax ParseBlock(string what)
    {
        int start = current.Start;
        Token open = current;
        if (!TryTake(TokenKind.OpenBrace))
        {
            ReportExpected($"'{{' to open {what}");
            return new BlockSyntax(source.Span(start, start), []);
        }
        if (!Descend())
            return new BlockSyntax(SpanFrom(start), []);
        bool outerPredicate = inPredicate;
        inPredicate = false;
        ImmutableArray<StatementSyntax> statements = ParseStatements();
        inPredicate = outerPredicate;
        Ascend();
        if (!TryTake(TokenKind.CloseBrace))
            ReportMissingBrace(open, what);
        return new BlockSyntax(SpanFrom(start), statements);
    }

    private void ReportMissingBrace(Token open, string what)
    {
        if (HasErrorHere)
            return;
        takenAtError = taken;
        string where = At(TokenKind.EndOfFile) ? "at the end of the script" : "before the next probe";
        SourceSpan place = At(TokenKind.EndOfFile) ? source.Span(previousEnd, previousEnd) : SpanOf(current);
        diagnostics.Add(new Diagnostic(Severity.Error, SyntaxErrorId.Unbalanced, place, $"expected '}}' {where}, to close {what}")
            .WithRelated(SpanOf(open), "it was opened here"));
    }

    private ImmutableArray<StatementSyntax> ParseStatements()
    {
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        while (!At(TokenKind.CloseBrace) && !At(TokenKind.EndOfFile) && !AtProbeStart())
        {
            if (TryTake(TokenKind.Semicolon))
                continue;
            int before = taken;
            statements.Add(ParseStatement());
            if (taken == before)
            {
                Take();
                SkipToNextStatement();
            }
        }
        return statements.DrainToImmutable();
    }

    private StatementSyntax ParseStatement() => current.Kind switch
    {
        TokenKind.OpenBrace => ParseBlock("the block"),
        TokenKind.If => ParseIf(),
        TokenKind.Else => ParseStrayElse(),
        TokenKind.While => ParseWhile(),
        TokenKind.For => ParseFor(),
        TokenKind.Unroll => ParseUnroll(),
        TokenKind.Let => ParseLet(),
        TokenKind.Break => Ended(new BreakSyntax(SpanOf(Take()))),
        TokenKind.Continue => Ended(new ContinueSyntax(SpanOf(Take()))),
        TokenKind.Return => ParseReturn(),
        TokenKind.Identifier when TextOf(current) is "_" && Peek(1) == TokenKind.Equal => ParseDiscard(),
        _ => ParseExpressionStatement(),
    };

    private IfSyntax ParseIf()
    {
        int start = current.Start;
        var clauses = ImmutableArray.CreateBuilder<IfClauseSyntax>();
        BlockSyntax? otherwise = null;
        do
        {
            int clauseStart = Take().Start;
            ExpressionSyntax condition = ParseCondition();
            BlockSyntax body = ParseBody("the branch");
            clauses.Add(new IfClauseSyntax(SpanFrom(clauseStart), condition, body));
            if (!TryTake(TokenKind.Else))
                break;
            if (!At(TokenKind.If))
                otherwise = ParseBody("the branch");
        }
        while (otherwise is null);
        return new IfSyntax(SpanFrom(start), clauses.DrainToImmutable(), otherwise);
    }

    private StatementSyntax ParseStrayElse()
    {
        Report(SyntaxErrorId.Misplaced, SpanOf(current), "'else' without an 'if' before it");
        Take();
        return At(TokenKind.If) ? ParseIf() : ParseBody("the branch");
    }

    private WhileSyntax ParseWhile()
    {
        int start = Take().Start;
        ExpressionSyntax condition = ParseCondition();
        BlockSyntax body = ParseBody("the loop");
        return new WhileSyntax(SpanFrom(start), condition, body);
    }

    private UnrollSyntax ParseUnroll()
    {
        int start = Take().Start;
        ExpressionSyntax count = ParseExpression();
        BlockSyntax body = ParseBody("the loop");
        return new UnrollSyntax(SpanFrom(start), count, body);
    }

    private StatementSyntax ParseFor()
    {
        int start = Take().Start;
        bool hasParenthesis = TryTake(TokenKind.OpenParen);
        if (!At(TokenKind.Variable))
        {
            ReportExpected("the loop's variable", "as in 'for ($kv : @map)' or 'for ($i : 0..10)'");
            SkipToAction();
            return ParseBody("the loop");
        }
        VariableSyntax variable = ParseVariable();
        Expect(TokenKind.Colon, "after the loop's variable");
        ExpressionSyntax first = ParseExpression();
        ExpressionSyntax? last = TryTake(TokenKind.DotDot) ? ParseExpression() : null;
        if (hasParenthesis && !Expect(TokenKind.CloseParen, "to close the head of the loop"))
            SkipToAction();
        BlockSyntax body = ParseBody("the loop");
        SourceSpan span = SpanFrom(start);
        if (last is not null)
            return new ForRangeSyntax(span, variable, first, last, body);
        if (first is MapSyntax map)
            return new ForMapSyntax(span, variable, map, body);
        if (first is not ErrorExpressionSyntax)
        {
            diagnostics.Error(SyntaxErrorId.Unexpected, first.Span, "expected a map or a range to loop over",
                "a map is written without keys, '@map'; a range is written '0..10'");
        }
        return body;
    }

    /// <summary>A condition, with an eye on the '=' that was meant as '=='.</summary>
    private ExpressionSyntax ParseCondition()
    {
        ExpressionSyntax condition = ParseExpression();
        if (OperatorFacts.TryGetAssignment(current.Kind, out _))
        {
            ReportExpected("'{' after the condition", "'==' compares; an assignment is a statement of its own");
            SkipToAction();
        }
        return condition;
    }

    /// <summary>A block after the head of a statement; a lone statement is taken for one, and reported.</summary>
    private BlockSyntax ParseBody(string what)
    {
        if (At(TokenKind.OpenBrace) || HasErrorHere)
            return ParseBlock(what);
        int start = current.Start;
        ReportExpected($"'{{' to open {what}", "a single statement needs its braces too");
        if (!StartsStatement(current.Kind) || !Descend())
            return new BlockSyntax(source.Span(start, start), []);
        StatementSyntax statement = ParseStatement();
        Ascend();
        return new BlockSyntax(statement.Span, [statement]);
    }

    private StatementSyntax ParseLet()
    {
        int start = Take().Start;
        if (!At(TokenKind.Variable))
        {
            ReportExpected("a variable after 'let'", At(TokenKind.Map) ? "maps are declared outside of probes" : "as in 'let $x = 1;'");
            SkipToNextStatement();
            return new ExpressionStatementSyntax(SpanFrom(start), new ErrorExpressionSyntax(SpanFrom(start)), hasSemicolon: true);
        }
        VariableSyntax variable = ParseVariable();
        TypeSyntax? type = TryTake(TokenKind.Colon) ? ParseType() : null;
        ExpressionSyntax? value = TryTake(TokenKind.Equal) ? ParseExpression() : null;
        return Ended(new LetSyntax(SpanFrom(start), variable, type, value));
    }

    private StatementSyntax ParseReturn()
    {
        int start = Take().Start;
        bool hasValue = !At(TokenKind.Semicolon) && !At(TokenKind.CloseBrace) && !At(TokenKind.EndOfFile);
        ExpressionSyntax? value = hasValue ? ParseExpression() : null;
        return Ended(new ReturnSyntax(SpanFrom(start), value));
    }

    private StatementSyntax ParseDiscard()
    {
        int start = Take().Start;
        Take();
        ExpressionSyntax value = ParseExpression();
        return Ended(new DiscardSyntax(SpanFrom(start), value));
    }

    private StatementSyntax ParseExpressionStatement()
    {
        int start = current.Start;
        ExpressionSyntax expression = ParseExpression();
        if (OperatorFacts.TryGetAssignment(current.Kind, out BinaryOperator? op))
        {
            ExpressionSyntax target = AsTarget(expression, "assign to");
            Take();
            ExpressionSyntax value = ParseExpression();
            return Ended(new AssignmentSyntax(SpanFrom(start), target, op, value));
        }
        if (At(TokenKind.OpenBrace) && MisspelledKeyword(expression) is { } keyword)
        {
            Report(SyntaxErrorId.Unexpected, keyword.Span, $"unknown statement '{Lexer.Shorten(keyword.Text)}'" +
                Spelling.Suggestion(keyword.Text, TokenFacts.BlockKeywords));
            return ParseBlock("the block");
        }
        SourceSpan span = SpanFrom(start);
        bool hasSemicolon = EndStatement();
        return new ExpressionStatementSyntax(span, expression, hasSemicolon);
    }

    private static NameSyntax? MisspelledKeyword(ExpressionSyntax expression)
    {
        NameSyntax? name = expression switch
        {
            IdentifierSyntax identifier => new NameSyntax(identifier.Span, identifier.Name),
            CallSyntax call => call.Name,
            _ => null,
        };
        return name is not null && Spelling.Nearest(name.Text, TokenFacts.BlockKeywords) is not null ? name : null;
    }

    /// <summary>Checks that an expression can be assigned to; gives an <see cref="ErrorExpressionSyntax"/> if not.</summary>
    private ExpressionSyntax AsTarget(ExpressionSyntax expression, string verb)
    {
        switch (expression)
        {
            case VariableSyntax or MapSyntax or IndexSyntax { Target: MapSyntax } or ErrorExpressionSyntax:
                return expression;
            case IdentifierSyntax { Name: var name }:
                string shown = Lexer.Shorten(name);
                diagnostics.Error(SyntaxErrorId.NotAssignable, expression.Span, $"cannot {verb} '{shown}'",
                    $"a variable is written '${shown}', a map '@{shown}'");
                break;
            case MemberSyntax or IndexSyntax or UnarySyntax { Operator: UnaryOperator.Dereference }:
                diagnostics.Error(SyntaxErrorId.NotAssignable, expression.Span, $"cannot {verb} traced memory",
                    "a script only writes its own variables and maps");
                break;
            default:
                diagnostics.Error(SyntaxErrorId.NotAssignable, expression.Span, $"cannot {verb} an expression",
                    "only variables and maps hold values");
                break;
        }
        return new ErrorExpressionSyntax(expression.Span);
    }

    private StatementSyntax Ended(StatementSyntax statement)
    {
        EndStatement();
        return statement;
    }

    /// <summary>Takes the semicolon, which the last statement of a block may lack, and gets past what should not stand there.</summary>
    private bool EndStatement()
    {
        if (!HasErrorHere && TryTake(TokenKind.Semicolon))
            return true;
        if (!HasErrorHere)
        {
            if (At(TokenKind.CloseBrace) || At(TokenKind.EndOfFile))
                return false;
            if (At(TokenKind.Bad))
                takenAtError = taken;
            else
                Report(SyntaxErrorId.Unexpected, source.Span(previousEnd, previousEnd), $"expected ';' before {Describe(current)}");
            if (StartsStatement(current.Kind) && IsFirstOnLine(current))
                return true;
        }
        SkipToNextStatement();
        return true;
    }
}
