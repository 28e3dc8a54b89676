namespace Imker.Script.Syntax;

internal enum TokenKind : byte
{
    EndOfFile,

    /// <summary>Characters that start no token; the lexer has reported them.</summary>
    Bad,

    Identifier,
    Integer,
    String,

    /// <summary><c>$name</c></summary>
    Variable,

    /// <summary><c>$1</c></summary>
    Parameter,

    /// <summary><c>$#</c></summary>
    ParameterCount,

    /// <summary><c>@name</c> or <c>@</c></summary>
    Map,

    OpenBrace,
    CloseBrace,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Comma,
    Semicolon,
    Colon,
    Question,
    Dot,
    DotDot,
    Arrow,

    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Ampersand,
    Pipe,
    Caret,
    Tilde,
    Bang,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    EqualEqual,
    BangEqual,
    LessLess,
    GreaterGreater,
    AmpersandAmpersand,
    PipePipe,
    PlusPlus,
    MinusMinus,

    Equal,
    PlusEqual,
    MinusEqual,
    StarEqual,
    SlashEqual,
    PercentEqual,
    AmpersandEqual,
    PipeEqual,
    CaretEqual,
    LessLessEqual,
    GreaterGreaterEqual,

    // Keywords; TokenFacts.IsKeyword relies on their being last.
    Break,
    Comptime,
    Config,
    Continue,
    Else,
    Enum,
    False,
    Fn,
    For,
    If,
    Import,
    Let,
    Macro,
    Offsetof,
    Return,
    Sizeof,
    Struct,
    True,
    Typedef,
    Typeof,
    Union,
    Unroll,
    While,
}

/// <summary>
/// A token of the script. Its place and its text differ for what an object-like <c>#define</c> expands to: the place is the
/// name that was replaced, so that carets point to what the user wrote there.
/// </summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, int TextStart, int TextLength)
{
    public int End => Start + Length;
}
