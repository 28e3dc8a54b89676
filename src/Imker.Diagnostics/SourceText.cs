namespace Imker.Diagnostics;

/// <summary>A named text that diagnostics point into: a script, a filter, a line of the command line.</summary>
public sealed class SourceText
{
    private readonly int[] lineStarts;

    public SourceText(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Text = text;
        lineStarts = FindLineStarts(text);
    }

    /// <summary>What the user calls it: the path as given, or <c>stdin</c>.</summary>
    public string Name { get; }

    public string Text { get; }

    public int Length => Text.Length;

    public int LineCount => lineStarts.Length;

    /// <summary>The zero-based line and column (in UTF-16 units) of an offset; offsets past the end give the end.</summary>
    public LinePosition PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        int line = Array.BinarySearch(lineStarts, offset);
        if (line < 0)
            line = ~line - 1;
        return new LinePosition(line, offset - lineStarts[line]);
    }

    /// <summary>A zero-based line without its line break.</summary>
    public ReadOnlySpan<char> Line(int line)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(line);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(line, lineStarts.Length);
        int start = lineStarts[line];
        int end = line + 1 < lineStarts.Length ? lineStarts[line + 1] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    /// <summary>The span of the characters from <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    public SourceSpan Span(int start, int end) => new(this, start, end - start);

    public override string ToString() => Name;

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
            starts.Add(i + 1);
        return [.. starts];
    }
}

/// <summary>A zero-based line and column.</summary>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary>One-based, as people and compilers write it: <c>3:14</c>.</summary>
    public override string ToString() => $"{Line + 1}:{Column + 1}";
}
