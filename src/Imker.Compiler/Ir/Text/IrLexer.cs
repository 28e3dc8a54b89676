using System.Globalization;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

internal enum IrTokenKind : byte
{
    /// <summary>Keyword, type, name of a block or function.</summary>
    Word,

    /// <summary><c>%name</c>, the sign included.</summary>
    Value,
    Integer,

    /// <summary>Text in double quotes, without them and unescaped.</summary>
    Text,

    /// <summary>One character.</summary>
    Punctuation,
    EndOfLine,
    EndOfText,
}

internal readonly record struct IrToken(IrTokenKind Kind, string Text, SourceSpan Span, long Integer = 0)
{
    public bool Is(char punctuation) => Kind == IrTokenKind.Punctuation && Text[0] == punctuation;

    public bool IsWord(string word) => Kind == IrTokenKind.Word && Text == word;

    public override string ToString() => Kind switch
    {
        IrTokenKind.EndOfLine => "the end of the line",
        IrTokenKind.EndOfText => "the end of the text",
        _ => $"'{Text}'",
    };
}

/// <summary>Cuts IR text into tokens; empty lines and comments leave none.</summary>
internal sealed class IrLexer(SourceText source, DiagnosticBag diagnostics)
{
    private readonly string text = source.Text;
    private readonly List<IrToken> tokens = [];
    private int position;

    public List<IrToken> Read()
    {
        while (position < text.Length)
            ReadToken();
        EndLine();
        tokens.Add(new IrToken(IrTokenKind.EndOfText, "", source.Span(text.Length, text.Length)));
        return tokens;
    }

    private void ReadToken()
    {
        char c = text[position];
        if (c == '\n')
        {
            EndLine();
            position++;
        }
        else if (c == '#')
            SkipWhile(static c => c != '\n');
        else if (char.IsWhiteSpace(c))
            position++;
        else if (c == '%')
            AddWord(IrTokenKind.Value, 1);
        else if (char.IsAsciiDigit(c) || (c == '-' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            AddInteger();
        else if (c == '"')
            AddText();
        else if (IrNames.IsNameCharacter(c))
            AddWord(IrTokenKind.Word, 0);
        else
        {
            position++;
            Add(IrTokenKind.Punctuation, position - 1);
        }
    }

    private void EndLine()
    {
        if (tokens.Count > 0 && tokens[^1].Kind != IrTokenKind.EndOfLine)
            Add(IrTokenKind.EndOfLine, position);
    }

    private void AddWord(IrTokenKind kind, int prefix)
    {
        int start = position;
        position += prefix;
        SkipWhile(IrNames.IsNameCharacter);
        if (kind == IrTokenKind.Word && position < text.Length && text[position] == '?')
            position++;
        Add(kind, start);
    }

    private void AddInteger()
    {
        int start = position++;
        SkipWhile(char.IsAsciiLetterOrDigit);
        SourceSpan span = source.Span(start, position);
        if (!long.TryParse(span.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            diagnostics.Error("IMK2001", span, $"'{span.Text}' is no integer of 64 bits");
        tokens.Add(new IrToken(IrTokenKind.Integer, span.Text.ToString(), span, value));
    }

    private void AddText()
    {
        int start = position++;
        var value = new StringBuilder();
        for (; position < text.Length && text[position] is not ('"' or '\n'); position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
                value.Append(text[++position] == 'n' ? '\n' : text[position]);
            else
                value.Append(text[position]);
        }
        if (position < text.Length && text[position] == '"')
            position++;
        else
            diagnostics.Error("IMK2002", source.Span(start, position), "the text has no closing quote");
        tokens.Add(new IrToken(IrTokenKind.Text, value.ToString(), source.Span(start, position)));
    }

    private void SkipWhile(Func<char, bool> predicate)
    {
        while (position < text.Length && predicate(text[position]))
            position++;
    }

    private void Add(IrTokenKind kind, int start)
    {
        SourceSpan span = source.Span(start, Math.Max(position, start));
        tokens.Add(new IrToken(kind, span.Text.ToString(), span));
    }
}
