using System.Collections;
using System.Collections.Immutable;

namespace Imker.Diagnostics;

/// <summary>
/// Collects the findings of one run over an input, so that all of them are told at once. After <see cref="MaxErrors"/> errors
/// further ones are only counted: garbage of ten megabytes must not become ten million messages.
/// </summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    public const int MaxErrors = 100;

    private readonly List<Diagnostic> diagnostics = [];
    private readonly HashSet<(string, int, string)> seen = [];

    public int Count => diagnostics.Count;

    public int ErrorCount { get; private set; }

    public bool HasErrors => ErrorCount > 0;

    /// <summary>Errors that were left out because there were more than <see cref="MaxErrors"/>.</summary>
    public int SuppressedErrors => Math.Max(0, ErrorCount - MaxErrors);

    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        if (diagnostic.Severity == Severity.Error && ErrorCount >= MaxErrors)
        {
            // Not remembered: what garbage is made of must not fill the memory.
            ErrorCount++;
            return;
        }
        if (!diagnostic.Span.IsNone && !seen.Add((diagnostic.Id, diagnostic.Span.Start, diagnostic.Message)))
            return;
        if (diagnostic.Severity == Severity.Error)
            ErrorCount++;
        diagnostics.Add(diagnostic);
    }

    public void AddRange(IEnumerable<Diagnostic> others)
    {
        foreach (Diagnostic diagnostic in others)
            Add(diagnostic);
    }

    public void Error(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints) =>
        Add(new Diagnostic(Severity.Error, id, span, message) { Hints = [.. hints] });

    public void Warning(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints) =>
        Add(new Diagnostic(Severity.Warning, id, span, message) { Hints = [.. hints] });

    /// <summary>The findings in the order of their place in the text; those without a place come last, in the order they were made.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
        [.. diagnostics.OrderBy(d => d.Span.IsNone ? int.MaxValue : d.Span.Start)];

    /// <summary>Throws when there is an error among the findings.</summary>
    /// <exception cref="DiagnosticException">Carries all of them.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
            throw new DiagnosticException(ToSorted());
    }

    public IEnumerator<Diagnostic> GetEnumerator() => diagnostics.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Wrong input, told by all its findings; thrown by the methods whose <c>Try…</c> form returns them.</summary>
public sealed class DiagnosticException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.ToString() ?? "The input has errors.")
{
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
