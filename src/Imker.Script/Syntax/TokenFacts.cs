namespace Imker.Script.Syntax;

/// <summary>The spelling of tokens.</summary>
internal static class TokenFacts
{
    public static bool IsKeyword(TokenKind kind) => kind >= TokenKind.Break;

    /// <summary>Keywords may name fields, and those that name something else beside a statement may be used as names anywhere.</summary>
    public static bool IsName(TokenKind kind) => kind == TokenKind.Identifier || IsKeyword(kind);

    public static TokenKind KeywordOrIdentifier(ReadOnlySpan<char> text) => text switch
    {
        "break" => TokenKind.Break,
        "comptime" => TokenKind.Comptime,
        "config" => TokenKind.Config,
        "continue" => TokenKind.Continue,
        "else" => TokenKind.Else,
        "enum" => TokenKind.Enum,
        "false" => TokenKind.False,
        "fn" => TokenKind.Fn,
        "for" => TokenKind.For,
        "if" => TokenKind.If,
        "import" => TokenKind.Import,
        "let" => TokenKind.Let,
        "macro" => TokenKind.Macro,
        "offsetof" => TokenKind.Offsetof,
        "return" => TokenKind.Return,
        "sizeof" => TokenKind.Sizeof,
        "struct" => TokenKind.Struct,
        "true" => TokenKind.True,
        "typedef" => TokenKind.Typedef,
        "typeof" => TokenKind.Typeof,
        "union" => TokenKind.Union,
        "unroll" => TokenKind.Unroll,
        "while" => TokenKind.While,
        _ => TokenKind.Identifier,
    };

    /// <summary>The keywords that begin a statement with a block: what somebody meant who wrote <c>whlie (…) {</c>.</summary>
    public static IReadOnlyList<string> BlockKeywords { get; } = ["else", "for", "if", "unroll", "while"];

    /// <summary>A kind as it is named in messages.</summary>
    public static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile => "the end of the script",
        TokenKind.Bad => "an unknown character",
        TokenKind.Identifier => "a name",
        TokenKind.Integer => "a number",
        TokenKind.String => "a string",
        TokenKind.Variable => "a variable",
        TokenKind.Parameter => "a positional parameter",
        TokenKind.ParameterCount => "'$#'",
        TokenKind.Map => "a map",
        _ when IsKeyword(kind) => $"'{kind.ToString().ToLowerInvariant()}'",
        _ => $"'{Punctuation(kind)}'",
    };

    private static string Punctuation(TokenKind kind) => kind switch
    {
        TokenKind.OpenBrace => "{",
        TokenKind.CloseBrace => "}",
        TokenKind.OpenParen => "(",
        TokenKind.CloseParen => ")",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.Comma => ",",
        TokenKind.Semicolon => ";",
        TokenKind.Colon => ":",
        TokenKind.Question => "?",
        TokenKind.Dot => ".",
        TokenKind.DotDot => "..",
        TokenKind.Arrow => "->",
        TokenKind.Tilde => "~",
        TokenKind.Bang => "!",
        TokenKind.PlusPlus => "++",
        TokenKind.MinusMinus => "--",
        TokenKind.Equal => "=",
        _ => OperatorFacts.TextOf(kind),
    };
}
