using System.Globalization;
using Imker.Bytecode.Text;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic.Text;

/// <summary>The tokens of one line, read from left to right; the first thing missed is told and ends the line.</summary>
internal sealed class ClassicTokens(SourceText source, DiagnosticBag diagnostics)
{
    private readonly List<TextToken> tokens = [];
    private int position;

    public TextToken Current => tokens[position];

    public bool AtEnd => Current.Kind == TokenKind.End;

    /// <summary>Whether something was missed in this line.</summary>
    public bool Failed { get; private set; }

    public void Start(ReadOnlySpan<char> line, int start)
    {
        tokens.Clear();
        position = 0;
        Failed = false;
        LineLexer.Read(line, start, tokens);
    }

    public bool IsNext(string text, int ahead = 0) =>
        position + ahead < tokens.Count && tokens[position + ahead].Kind != TokenKind.End && tokens[position + ahead].Text == text;

    public bool TryTake(string text)
    {
        if (!IsNext(text))
            return false;
        position++;
        return true;
    }

    public void Expect(string text)
    {
        if (!TryTake(text))
            Miss($"'{text}'");
    }

    /// <summary>Several tokens in a row.</summary>
    public void Expect(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            Expect(text);
    }

    public string ExpectWord(string what)
    {
        if (Current.Kind == TokenKind.Word)
            return tokens[position++].Text;
        Miss(what);
        return "";
    }

    /// <summary>A number, decimal, hexadecimal (0x) or binary (0b), with a sign or without.</summary>
    public uint ExpectNumber()
    {
        bool negative = TryTake("-");
        if (Current.Kind == TokenKind.Word && TryParse(Current.Text, out uint number))
        {
            position++;
            return negative ? 0u - number : number;
        }
        Miss("a number of 32 bits");
        return 0;
    }

    /// <summary>Takes the rest of the line as told of.</summary>
    public void Stop() => Failed = true;

    public void ExpectEnd()
    {
        if (!AtEnd)
            Miss("the end of the line");
    }

    /// <summary>Tells that something else should stand here; only the first time in a line.</summary>
    public void Miss(string expected)
    {
        if (Failed)
            return;
        Failed = true;
        string found = AtEnd ? "the end of the line" : $"'{Current.Text}'";
        Error(ClassicDiagnosticId.BadText, Current, $"expected {expected}, found {found}");
    }

    public void Error(string id, TextToken token, string message, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(id, source.Span(token.Start, token.End), message, hints);

    private static bool TryParse(string text, out uint number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        if (text.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
            return uint.TryParse(text.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out number);
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
