namespace Imker.Bytecode.Text;

internal enum TokenKind : byte
{
    /// <summary>Letters, digits, underscores, dots and dollar signs: a name, a register, a number.</summary>
    Word,

    Operator,

    /// <summary>In double quotes, with backslashes before quotes and backslashes.</summary>
    String,

    /// <summary>A character that no token starts with, or a string without an end.</summary>
    Bad,

    /// <summary>The end of the line or the start of a comment.</summary>
    End,
}

/// <summary>A piece of one line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character, counted in the whole text.</param>
/// <param name="Text">As written; for a string what it stands for.</param>
/// <param name="Length">Characters in the text.</param>
internal readonly record struct TextToken(TokenKind Kind, int Start, string Text, int Length)
{
    public int End => Start + Length;
}
