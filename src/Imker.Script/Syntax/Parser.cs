using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>
/// Recursive descent with one token of lookahead, more where a parenthesis may start a cast. It never throws: what is wrong is
/// reported once, and parsing goes on at the next statement or probe.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Levels of parentheses, blocks and prefix operators; deeper input is refused before the stack is in danger.</summary>
    public const int MaxNesting = 500;

    private const int MaxLookahead = 64;

    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics;
    private readonly Lexer lexer;
    private readonly List<Token> lookahead = [];
    private Token current;
    private int previousEnd;
    private int nesting;
    private int taken;
    private int takenAtError = -1;
    private bool stopped;

    public Parser(SourceText source, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        lexer = new Lexer(source, diagnostics);
        current = lexer.Next();
    }

    private bool At(TokenKind kind) => current.Kind == kind;

    private TokenKind Peek(int distance) => PeekToken(distance).Kind;

    private Token PeekToken(int distance)
    {
        if (distance == 0)
            return current;
        while (lookahead.Count < distance && !stopped)
            lookahead.Add(lexer.Next());
        return stopped ? current : lookahead[distance - 1];
    }

    private Token Take()
    {
        Token token = current;
        previousEnd = token.End;
        if (token.Kind == TokenKind.EndOfFile)
            return token;
        Advance();
        return token;
    }

    private void Advance()
    {
        taken++;
        if (HasEnoughErrors)
        {
            Stop();
        }
        else if (lookahead.Count > 0)
        {
            current = lookahead[0];
            lookahead.RemoveAt(0);
        }
        else
        {
            current = lexer.Next();
        }
    }

    private bool HasEnoughErrors => diagnostics.ErrorCount >= DiagnosticBag.MaxErrors;

    private bool TryTake(TokenKind kind)
    {
        if (!At(kind))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a token, or reports that another stands there.</summary>
    /// <param name="kind">What must stand here.</param>
    /// <param name="purpose">What for: <c>to close the argument list</c>.</param>
    private bool Expect(TokenKind kind, string purpose)
    {
        if (TryTake(kind))
            return true;
        ReportExpected($"{TokenFacts.Describe(kind)} {purpose}");
        return false;
    }

    private NameSyntax? ExpectName(string what)
    {
        if (TokenFacts.IsName(current.Kind))
        {
            Token token = Take();
            return new NameSyntax(SpanOf(token), TextOf(token).ToString());
        }
        ReportExpected(what);
        return null;
    }

    private void ReportExpected(string expected, params ReadOnlySpan<string> hints)
    {
        if (!At(TokenKind.Bad))
            Report(SyntaxErrorId.Unexpected, SpanOf(current), $"expected {expected}, found {Describe(current)}", hints);
        else
            takenAtError = taken;
    }

    /// <summary>Reports an error, unless one was reported at this very token: the second would be a consequence of the first.</summary>
    private void Report(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints)
    {
        if (stopped || takenAtError == taken)
            return;
        takenAtError = taken;
        diagnostics.Error(id, span, message, hints);
    }

    private bool HasErrorHere => stopped || takenAtError == taken;

    /// <summary>Goes one level down; false, with an error and the end of all parsing, when that is too deep.</summary>
    private bool Descend()
    {
        if (++nesting <= MaxNesting)
            return true;
        Report(SyntaxErrorId.TooDeep, SpanOf(current), $"the script is nested more than {MaxNesting} levels deep here",
            "keep intermediate results in variables");
        Stop();
        return false;
    }

    private void Ascend() => nesting--;

    private void Stop()
    {
        stopped = true;
        lookahead.Clear();
        current = new Token(TokenKind.EndOfFile, source.Length, 0, source.Length, 0);
    }

    private ReadOnlySpan<char> TextOf(Token token) => source.Text.AsSpan(token.TextStart, token.TextLength);

    private SourceSpan SpanOf(Token token) => source.Span(token.Start, token.End);

    /// <summary>From a token's start to the end of the last token taken.</summary>
    private SourceSpan SpanFrom(int start) => source.Span(start, Math.Max(start, previousEnd));

    private string Describe(Token token) => token.Kind switch
    {
        TokenKind.Identifier or TokenKind.Integer or TokenKind.Variable or TokenKind.Parameter or TokenKind.Map =>
            $"'{Lexer.Shorten(TextOf(token))}'",
        _ => TokenFacts.Describe(token.Kind),
    };

    private bool IsFirstOnLine(Token token) =>
        token.Start > previousEnd && source.Text.AsSpan(previousEnd, token.Start - previousEnd).Contains('\n');
}
