using System.Globalization;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>
/// Cuts a script into tokens, one at a time, following preprocessor lines and replacing object-like macros on the way.
/// Probes are read by <see cref="ScanAttachPoint"/>, because what is a path or a wildcard there is an operator elsewhere.
/// </summary>
internal sealed partial class Lexer
{
    private readonly SourceText source;
    private readonly string text;
    private readonly DiagnosticBag diagnostics;
    private int position;
    private int end;

    public Lexer(SourceText source, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        text = source.Text;
        end = text.Length;
        if (text.StartsWith("#!", StringComparison.Ordinal))
            position = EndOfLine(0);
    }

    /// <summary>Goes back to a place in the script itself, out of any macro.</summary>
    public void Seek(int offset)
    {
        expansion = null;
        position = offset;
        end = text.Length;
    }

    public Token Next()
    {
        while (true)
        {
            SkipTrivia();
            if (position < end)
            {
                Token token = Scan();
                if (token.Kind == TokenKind.Identifier && TryExpand(token))
                    continue;
                return expansion is null ? token : token with { Start = expansion.UseStart, Length = expansion.UseLength };
            }
            if (expansion is null)
            {
                ReportOpenConditions();
                return new Token(TokenKind.EndOfFile, end, 0, end, 0);
            }
            LeaveExpansion();
        }
    }

    /// <summary>Skips blanks, comments and, in the script itself, preprocessor lines.</summary>
    private void SkipTrivia()
    {
        while (position < end)
        {
            char c = text[position];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v' or '\ufeff')
                position++;
            else if (c == '/' && CharAt(position + 1) == '/')
                position = Math.Min(end, EndOfLine(position));
            else if (c == '/' && CharAt(position + 1) == '*')
                SkipBlockComment();
            else if (c == '\\' && CharAt(position + 1) is '\n' or '\r')
                position += 2;
            else if (c == '#' && expansion is null && IsFirstOnLine(position))
                ReadDirective();
            else
                return;
        }
    }

    private void SkipBlockComment()
    {
        int close = text.AsSpan(position + 2, end - position - 2).IndexOf("*/");
        if (close < 0)
        {
            diagnostics.Error(SyntaxErrorId.Unterminated, source.Span(position, position + 2),
                "the comment that starts here does not end", "close it with '*/'");
            position = end;
            return;
        }
        position += close + 4;
    }

    private Token Scan()
    {
        int start = position;
        TokenKind kind = text[position] switch
        {
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' => ScanWord(),
            >= '0' and <= '9' => ScanNumber(),
            '"' => ScanString(),
            '$' => ScanDollar(),
            '@' => ScanMap(),
            '\'' => ScanCharacterLiteral(),
            _ => ScanPunctuation(),
        };
        return new Token(kind, start, position - start, start, position - start);
    }

    private TokenKind ScanWord()
    {
        int start = position;
        SkipWord();
        return TokenFacts.KeywordOrIdentifier(text.AsSpan(start, position - start));
    }

    private TokenKind ScanNumber()
    {
        SkipWord();
        return TokenKind.Integer;
    }

    private TokenKind ScanString()
    {
        int start = position++;
        while (position < end && text[position] is not ('"' or '\n'))
            position += text[position] == '\\' && position + 1 < end && text[position + 1] != '\n' ? 2 : 1;
        if (position < end && text[position] == '"')
        {
            position++;
            return TokenKind.String;
        }
        diagnostics.Error(SyntaxErrorId.Unterminated, source.Span(start, position), "the string does not end on its line",
            "close it with '\"'; a line break in a string is written '\\n'");
        return TokenKind.Bad;
    }

    private TokenKind ScanDollar()
    {
        int start = position++;
        char next = CharAt(position);
        if (next == '#')
        {
            position++;
            return TokenKind.ParameterCount;
        }
        SkipWord();
        if (position > start + 1)
            return char.IsAsciiDigit(next) ? TokenKind.Parameter : TokenKind.Variable;
        diagnostics.Error(SyntaxErrorId.BadCharacter, source.Span(start, position), "expected a name after '$'",
            "a variable is written '$name', a positional parameter '$1', their number '$#'");
        return TokenKind.Bad;
    }

    private TokenKind ScanMap()
    {
        position++;
        SkipWord();
        return TokenKind.Map;
    }

    private TokenKind ScanCharacterLiteral()
    {
        int start = position++;
        int close = text.AsSpan(position, Math.Min(4, end - position)).IndexOf('\'');
        if (close != 1)
        {
            diagnostics.Error(SyntaxErrorId.BadCharacter, source.Span(start, position), "unexpected character \"'\"",
                "strings stand in double quotes");
            return TokenKind.Bad;
        }
        position += close + 1;
        int code = text[start + 1];
        diagnostics.Error(SyntaxErrorId.BadCharacter, source.Span(start, position),
            "the language has no character literals", $"write the code, {code}, or the string \"{text[start + 1]}\"");
        return TokenKind.Bad;
    }

    private TokenKind ScanPunctuation()
    {
        ReadOnlySpan<char> rest = text.AsSpan(position, Math.Min(3, end - position));
        (TokenKind kind, int length) = Punctuation(rest[0], rest.Length > 1 ? rest[1] : '\0', rest.Length > 2 ? rest[2] : '\0');
        if (length > 0)
        {
            position += length;
            return kind;
        }
        int start = position;
        while (position < end && !StartsToken(text[position]))
            position++;
        ReportUnknown(start);
        return TokenKind.Bad;
    }

    private void ReportUnknown(int start)
    {
        if (position == start)
            position++;
        string message = SourceEncoding.TryGetByte(text[start], out byte raw)
            ? Unexpected("byte", $"0x{raw:X2}", position - start == 1) + ", which is no UTF-8"
            : Unexpected("character", Shown(start, out int length), position - start == length);
        diagnostics.Error(SyntaxErrorId.BadCharacter, source.Span(start, position), message,
            "text outside of strings and comments is ASCII");
    }

    private static string Unexpected(string what, string shown, bool isOne) =>
        isOne ? $"unexpected {what} {shown}" : $"unexpected {what}s, starting with {shown}";

    private string Shown(int start, out int length)
    {
        char first = text[start];
        length = Rune.TryGetRuneAt(text, start, out Rune rune) ? rune.Utf16SequenceLength : 1;
        if (length > 1)
            return $"U+{rune.Value:X4}";
        return char.IsControl(first) || char.IsSurrogate(first) || char.GetUnicodeCategory(first) == UnicodeCategory.Format ? $"U+{(int)first:X4}" : $"'{first}'";
    }

    private static bool StartsToken(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is ' ' or '\t' or '\n' or '\r' or '_' or '"' or '$' or '@' or '\'' or '#' or '\\'
        || Punctuation(c, '\0', '\0').Length > 0;

    private static (TokenKind Kind, int Length) Punctuation(char first, char second, char third) => (first, second, third) switch
    {
        ('<', '<', '=') => (TokenKind.LessLessEqual, 3),
        ('>', '>', '=') => (TokenKind.GreaterGreaterEqual, 3),
        ('.', '.', _) => (TokenKind.DotDot, 2),
        ('-', '>', _) => (TokenKind.Arrow, 2),
        ('<', '=', _) => (TokenKind.LessEqual, 2),
        ('>', '=', _) => (TokenKind.GreaterEqual, 2),
        ('=', '=', _) => (TokenKind.EqualEqual, 2),
        ('!', '=', _) => (TokenKind.BangEqual, 2),
        ('<', '<', _) => (TokenKind.LessLess, 2),
        ('>', '>', _) => (TokenKind.GreaterGreater, 2),
        ('&', '&', _) => (TokenKind.AmpersandAmpersand, 2),
        ('|', '|', _) => (TokenKind.PipePipe, 2),
        ('+', '+', _) => (TokenKind.PlusPlus, 2),
        ('-', '-', _) => (TokenKind.MinusMinus, 2),
        ('+', '=', _) => (TokenKind.PlusEqual, 2),
        ('-', '=', _) => (TokenKind.MinusEqual, 2),
        ('*', '=', _) => (TokenKind.StarEqual, 2),
        ('/', '=', _) => (TokenKind.SlashEqual, 2),
        ('%', '=', _) => (TokenKind.PercentEqual, 2),
        ('&', '=', _) => (TokenKind.AmpersandEqual, 2),
        ('|', '=', _) => (TokenKind.PipeEqual, 2),
        ('^', '=', _) => (TokenKind.CaretEqual, 2),
        ('{', _, _) => (TokenKind.OpenBrace, 1),
        ('}', _, _) => (TokenKind.CloseBrace, 1),
        ('(', _, _) => (TokenKind.OpenParen, 1),
        (')', _, _) => (TokenKind.CloseParen, 1),
        ('[', _, _) => (TokenKind.OpenBracket, 1),
        (']', _, _) => (TokenKind.CloseBracket, 1),
        (',', _, _) => (TokenKind.Comma, 1),
        (';', _, _) => (TokenKind.Semicolon, 1),
        (':', _, _) => (TokenKind.Colon, 1),
        ('?', _, _) => (TokenKind.Question, 1),
        ('.', _, _) => (TokenKind.Dot, 1),
        ('+', _, _) => (TokenKind.Plus, 1),
        ('-', _, _) => (TokenKind.Minus, 1),
        ('*', _, _) => (TokenKind.Star, 1),
        ('/', _, _) => (TokenKind.Slash, 1),
        ('%', _, _) => (TokenKind.Percent, 1),
        ('&', _, _) => (TokenKind.Ampersand, 1),
        ('|', _, _) => (TokenKind.Pipe, 1),
        ('^', _, _) => (TokenKind.Caret, 1),
        ('~', _, _) => (TokenKind.Tilde, 1),
        ('!', _, _) => (TokenKind.Bang, 1),
        ('<', _, _) => (TokenKind.Less, 1),
        ('>', _, _) => (TokenKind.Greater, 1),
        ('=', _, _) => (TokenKind.Equal, 1),
        _ => (TokenKind.Bad, 0),
    };

    private void SkipWord()
    {
        while (position < end && IsWordCharacter(text[position]))
            position++;
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private char CharAt(int index) => index < end ? text[index] : '\0';

    private int EndOfLine(int from)
    {
        int newline = text.IndexOf('\n', from);
        return newline < 0 ? text.Length : newline;
    }

    private bool IsFirstOnLine(int index)
    {
        do
            index--;
        while (index >= 0 && text[index] is ' ' or '\t');
        return index < 0 || text[index] == '\n';
    }
}
