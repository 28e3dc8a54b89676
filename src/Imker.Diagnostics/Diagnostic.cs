using System.Collections.Immutable;

namespace Imker.Diagnostics;

public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>A second place that explains a diagnostic, such as the first declaration of a name.</summary>
public readonly record struct RelatedLocation(SourceSpan Span, string Message);

/// <summary>One finding about an input: what is wrong, where, and what to do.</summary>
/// <param name="Severity">Whether the input can be used all the same.</param>
/// <param name="Id">A stable name of the kind of finding, such as <c>IMK1003</c>; scripts and documentation refer to it.</param>
/// <param name="Span">The characters meant; <see cref="SourceSpan.None"/> when no text is at fault.</param>
/// <param name="Message">What is wrong, in one sentence without a final full stop.</param>
public sealed record Diagnostic(Severity Severity, string Id, SourceSpan Span, string Message)
{
    /// <summary>What to do about it, most likely remedy first.</summary>
    public ImmutableArray<string> Hints { get; init; } = [];

    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    public Diagnostic WithHint(string hint) => this with { Hints = Hints.Add(hint) };

    public Diagnostic WithRelated(SourceSpan span, string message) =>
        this with { Related = Related.Add(new RelatedLocation(span, message)) };

    public override string ToString() =>
        Span.IsNone ? $"{Severity}: {Message}" : $"{Span}: {Severity}: {Message}";
}
