namespace Imker.Diagnostics;

/// <summary>
/// A range of characters in a <see cref="SourceText"/>. The default value points nowhere and is what generated code carries.
/// </summary>
public readonly record struct SourceSpan(SourceText? Source, int Start, int Length)
{
    public static SourceSpan None => default;

    public int End => Start + Length;

    public bool IsNone => Source is null;

    public LinePosition Position => Source?.PositionOf(Start) ?? default;

    public LinePosition EndPosition => Source?.PositionOf(End) ?? default;

    public ReadOnlySpan<char> Text => Source is null ? default : Source.Text.AsSpan(Start, Length);

    /// <summary>The smallest span that holds both; a span that points nowhere adds nothing.</summary>
    public SourceSpan To(SourceSpan other)
    {
        if (IsNone || other.IsNone || !ReferenceEquals(Source, other.Source))
            return IsNone ? other : this;
        int start = Math.Min(Start, other.Start);
        return new SourceSpan(Source, start, Math.Max(End, other.End) - start);
    }

    /// <summary><c>name:line:column</c>, one-based.</summary>
    public override string ToString() => Source is null ? "<generated>" : $"{Source.Name}:{Position}";
}
