using System.Text;

namespace Imker.Bytecode.Text;

/// <summary>Cuts a line into tokens. A comment starts with <c>;</c> or <c>//</c>.</summary>
internal static class LineLexer
{
    // Longer ones before their beginnings.
    private static readonly string[] Operators =
    [
        "s>>=", "<<=", ">>=", "s>=", "s<=", "s/=", "s%=", "s>", "s<", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "%=", "==", "!=", ">=",
        "<=", "=", ">", "<", "&", "+", "-", "*", "(", ")", "[", "]", ",", ":", "#", "?",
    ];

    /// <summary>The tokens of a line and an <see cref="TokenKind.End"/>.</summary>
    /// <param name="line">Without its line break.</param>
    /// <param name="start">Where it stands in the whole text.</param>
    /// <param name="tokens">Receives them.</param>
    public static void Read(ReadOnlySpan<char> line, int start, List<TextToken> tokens)
    {
        int position = 0;
        while (true)
        {
            while (position < line.Length && char.IsWhiteSpace(line[position]))
                position++;
            ReadOnlySpan<char> rest = line[position..];
            if (rest.IsEmpty || rest[0] == ';' || rest.StartsWith("//"))
                break;
            TextToken token = Next(rest, start + position);
            tokens.Add(token);
            position += token.Length;
        }
        tokens.Add(new TextToken(TokenKind.End, start + position, "", 0));
    }

    public static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsWordPart(c))
                return false;
        }
        return !text.IsEmpty;
    }

    /// <summary>The name as it is written: in quotes if it is no word.</summary>
    public static string Quote(string name) =>
        IsWord(name) ? name : $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"";

    private static TextToken Next(ReadOnlySpan<char> rest, int start)
    {
        foreach (string candidate in Operators)
        {
            if (rest.StartsWith(candidate))
                return new TextToken(TokenKind.Operator, start, candidate, candidate.Length);
        }
        if (rest[0] == '"')
            return ReadString(rest, start);
        int length = 0;
        while (length < rest.Length && IsWordPart(rest[length]))
            length++;
        return length > 0
            ? new TextToken(TokenKind.Word, start, rest[..length].ToString(), length)
            : new TextToken(TokenKind.Bad, start, rest[..1].ToString(), 1);
    }

    private static TextToken ReadString(ReadOnlySpan<char> rest, int start)
    {
        var text = new StringBuilder();
        for (int i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
                return new TextToken(TokenKind.String, start, text.ToString(), i + 1);
            if (rest[i] == '\\' && i + 1 < rest.Length)
                text.Append(rest[++i] switch { 'n' => '\n', 'r' => '\r', char c => c });
            else
                text.Append(rest[i]);
        }
        return new TextToken(TokenKind.Bad, start, rest.ToString(), rest.Length);
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$';
}
