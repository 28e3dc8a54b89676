using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

/// <summary>Thrown and caught within the parser: the line is wrong and has been reported.</summary>
internal sealed class IrSyntaxException(SourceSpan span, string id, string message) : Exception(message)
{
    public SourceSpan Span { get; } = span;

    public string Id { get; } = id;
}

/// <summary>A place in a list of tokens, and what the grammar expects there.</summary>
internal sealed class IrTokenReader(List<IrToken> tokens)
{
    public int Position { get; set; }

    public IrToken Current => tokens[Position];

    public bool AtEnd => Current.Kind == IrTokenKind.EndOfText;

    public bool AtEndOfLine => Current.Kind is IrTokenKind.EndOfLine or IrTokenKind.EndOfText;

    public IrToken Next() => AtEnd ? Current : tokens[Position++];

    public bool Accept(char punctuation)
    {
        if (!Current.Is(punctuation))
            return false;
        Position++;
        return true;
    }

    public bool AcceptWord(string word)
    {
        if (!Current.IsWord(word))
            return false;
        Position++;
        return true;
    }

    public void Expect(char punctuation)
    {
        if (!Accept(punctuation))
            throw Wrong($"'{punctuation}'");
    }

    public void ExpectWord(string word)
    {
        if (!AcceptWord(word))
            throw Wrong($"'{word}'");
    }

    public IrToken Expect(IrTokenKind kind, string what) => Current.Kind == kind ? Next() : throw Wrong(what);

    public int ExpectInt32(string what)
    {
        IrToken token = Expect(IrTokenKind.Integer, what);
        return token.Integer is >= int.MinValue and <= int.MaxValue
            ? (int)token.Integer
            : throw new IrSyntaxException(token.Span, "IMK2004", $"{what} must fit in 32 bits");
    }

    public void ExpectEndOfLine()
    {
        if (!AtEndOfLine)
            throw Wrong("the end of the line");
        Next();
    }

    public void SkipLine()
    {
        while (!AtEndOfLine)
            Position++;
        Next();
    }

    public IrSyntaxException Wrong(string expected) =>
        new(Current.Span, "IMK2003", $"expected {expected}, found {Current}");
}
