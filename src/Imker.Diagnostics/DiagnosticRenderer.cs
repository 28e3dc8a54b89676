using System.Text;

namespace Imker.Diagnostics;

/// <summary>Writes findings as compilers do: place, severity, message, the line with a caret below, hints.</summary>
public sealed class DiagnosticRenderer(TextWriter output, bool color = false)
{
    // A line longer than this is cut to a window round the caret: a script of one 10 MB line still gives a readable message.
    private const int MaxLineWidth = 160;
    private const int TabWidth = 4;

    public void Write(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
            Write(diagnostic);
    }

    public void Write(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        string place = diagnostic.Span.IsNone ? "" : $"{Printable(diagnostic.Span.ToString())}: ";
        output.WriteLine($"{place}{Paint(NameOf(diagnostic.Severity), ColorOf(diagnostic.Severity))}: {Printable(diagnostic.Message)}");
        WriteExcerpt(diagnostic.Span);
        foreach (RelatedLocation related in diagnostic.Related)
        {
            output.WriteLine($"{Printable(related.Span.ToString())}: {Paint("note", "36")}: {Printable(related.Message)}");
            WriteExcerpt(related.Span);
        }
        foreach (string hint in diagnostic.Hints)
            output.WriteLine($"  {Paint("hint", "36")}: {Printable(hint)}");
    }

    private void WriteExcerpt(SourceSpan span)
    {
        if (span.Source is not { } source)
            return;
        LinePosition start = span.Position, end = span.EndPosition;
        ReadOnlySpan<char> line = source.Line(start.Line);
        int column = Math.Min(start.Column, line.Length);
        int width = start.Line == end.Line ? end.Column - start.Column : line.Length - column;
        int from = column <= MaxLineWidth * 3 / 4 ? 0 : column - MaxLineWidth / 2;
        ReadOnlySpan<char> window = line.Slice(from, Math.Min(MaxLineWidth, line.Length - from));
        width = Math.Clamp(width, 1, Math.Max(1, window.Length - (column - from)));

        string number = (start.Line + 1).ToString();
        output.WriteLine($" {number} | {Printable(window)}");
        string indent = new(' ', Printable(window[..(column - from)]).Length);
        output.WriteLine($" {new string(' ', number.Length)} | {indent}{Paint("^" + new string('~', width - 1), "32")}");
    }

    // The text comes from outside: a tab becomes spaces, other control and bidirectional characters a question mark.
    private static string Printable(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '\t')
                builder.Append(' ', TabWidth);
            else
                builder.Append(IsUnsafe(c) ? '?' : c);
        }
        return builder.ToString();
    }

    // Unicode's Bidi_Control property, and the two separators that end a line.
    private static bool IsUnsafe(char c) => char.IsControl(c)
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private string Paint(string text, string code) => color ? $"\e[1;{code}m{text}\e[0m" : text;

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static string ColorOf(Severity severity) => severity switch
    {
        Severity.Error => "31",
        Severity.Warning => "33",
        _ => "36",
    };
}
