namespace Imker.Script.Syntax;

internal sealed partial class Parser
{
    /// <summary>
    /// Skips to where the next statement may start: behind a semicolon, before a closing brace, or at a line that begins like a
    /// statement.
    /// </summary>
    private void SkipToNextStatement()
    {
        int braces = 0;
        for (; !At(TokenKind.EndOfFile); Take())
        {
            if (braces == 0 && (At(TokenKind.CloseBrace) || StartsStatement(current.Kind) && IsFirstOnLine(current) || AtProbeStart()))
                return;
            if (braces == 0 && At(TokenKind.Semicolon))
            {
                Take();
                return;
            }
            braces += At(TokenKind.OpenBrace) ? 1 : At(TokenKind.CloseBrace) ? -1 : 0;
        }
    }

    private static bool StartsStatement(TokenKind kind) => kind is TokenKind.If or TokenKind.While or TokenKind.For or TokenKind.Unroll
        or TokenKind.Let or TokenKind.Return or TokenKind.Break or TokenKind.Continue or TokenKind.Variable or TokenKind.Map
        or TokenKind.Identifier;

    /// <summary>Skips over the end of a list in parentheses or brackets, but not over the end of the statement it stands in.</summary>
    private void SkipPast(TokenKind closer)
    {
        int depth = 0;
        for (; !At(TokenKind.EndOfFile); Take())
        {
            if (depth == 0 && TryTake(closer) || At(TokenKind.Semicolon) || At(TokenKind.OpenBrace) || At(TokenKind.CloseBrace))
                return;
            depth += current.Kind switch
            {
                TokenKind.OpenParen or TokenKind.OpenBracket => 1,
                TokenKind.CloseParen or TokenKind.CloseBracket => -1,
                _ => 0,
            };
        }
    }

    /// <summary>Skips to the action that belongs to a probe whose head is wrong, or to the next probe.</summary>
    private void SkipToAction()
    {
        while (!At(TokenKind.EndOfFile) && !At(TokenKind.OpenBrace) && !At(TokenKind.CloseBrace) && !AtProbeStart())
            Take();
    }

    /// <summary>Skips over a block or a semicolon, or to the next line that begins like a probe or a declaration.</summary>
    private void SkipToTopLevel()
    {
        int braces = 0;
        do
        {
            TokenKind kind = Take().Kind;
            braces += kind == TokenKind.OpenBrace ? 1 : kind == TokenKind.CloseBrace ? -1 : 0;
            if (braces <= 0 && kind is TokenKind.CloseBrace or TokenKind.Semicolon)
                return;
        }
        while (!At(TokenKind.EndOfFile) && !AtProbeStart() && !(StartsDeclaration(current.Kind) && braces == 0 && IsFirstOnLine(current)));
    }

    private static bool StartsDeclaration(TokenKind kind) => kind is TokenKind.Config or TokenKind.Import or TokenKind.Let
        or TokenKind.Macro or TokenKind.Struct or TokenKind.Union or TokenKind.Enum or TokenKind.Typedef;

    /// <summary>
    /// Whether a probe begins here. No statement begins with the name of a provider and a colon, so that a missing brace is found
    /// at the next probe and not at the end of the script.
    /// </summary>
    private bool AtProbeStart() =>
        At(TokenKind.Identifier) && ProbeProvider.Find(TextOf(current)) is { } provider &&
        (provider.IsBare ? Peek(1) == TokenKind.OpenBrace : Peek(1) == TokenKind.Colon);
}
