using System.Text;

namespace Imker.Inspect;

/// <summary>C# under construction, a line at a time, indented by blocks.</summary>
internal sealed class CSharpText
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', 4 * depth).Append(line);
        text.Append('\n');
    }

    /// <summary>Opens a block behind a line.</summary>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        depth++;
    }

    public void Close(string behind = "")
    {
        depth--;
        Line("}" + behind);
    }

    /// <summary>A doc comment of one line; names of others are escaped for XML.</summary>
    public void Summary(string summary) => Line($"/// <summary>{Xml(summary)}</summary>");

    public override string ToString() => text.ToString();

    /// <summary>Text of a file in a string literal.</summary>
    public static string Literal(string value)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in value)
            literal.Append(c is '"' or '\\' ? $"\\{c}" : c is >= ' ' and <= '~' ? c : $"\\u{(int)c:x4}");
        return literal.Append('"').ToString();
    }

    private static string Xml(string value)
    {
        var xml = new StringBuilder(value.Length);
        foreach (char c in value)
            xml.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", < ' ' or > '~' => "?", _ => c.ToString() });
        return xml.ToString();
    }
}
