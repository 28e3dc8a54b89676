using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

internal sealed partial class ProbeResolver
{
    private void ResolveTracepoint(AttachPointSyntax point)
    {
        ImmutableArray<string> parts = Expand(point);
        if (parts.Length != 3 || parts[1].Length == 0 || parts[2].Length == 0)
        {
            BadForm(point, "expected a category and an event");
            return;
        }
        if (facts.TracepointProblem is { } problem)
        {
            diagnostics.Error(BindErrorId.NoSuchProbe, point.Span, $"tracepoints cannot be read: {problem}");
            return;
        }
        int before = points.Count;
        foreach (string category in Matches(parts[1], facts.TracepointCategories() ?? []))
        {
            foreach (string name in Matches(parts[2], facts.TracepointEvents(category) ?? []))
                AddTracepoint(point, category, name);
        }
        if (points.Count == before)
            ReportNoTracepoint(point, parts[1], parts[2]);
    }

    private void AddTracepoint(AttachPointSyntax point, string category, string name)
    {
        if (facts.Tracepoint(category, name) is not { } format)
            return;
        points.Add(new ResolvedPoint($"tracepoint:{category}:{name}", null, new TracepointAttach("", category, name) { Span = point.Span }, format));
    }

    private void ReportNoTracepoint(AttachPointSyntax point, string category, string name)
    {
        IReadOnlyList<string> categories = facts.TracepointCategories() ?? [];
        if (!IsPattern(category) && !categories.Contains(category))
        {
            Missing(point.Parts[1].Span, $"there are no tracepoints of the category '{Lexer.Shorten(category)}'{Spelling.Suggestion(category, categories)}");
            return;
        }
        string suggestion = IsPattern(name) || IsPattern(category) ? "" : Spelling.Suggestion(name, facts.TracepointEvents(category) ?? []);
        Missing(point.Parts[2].Span, $"there is no tracepoint '{Lexer.Shorten($"{category}:{name}")}'{suggestion}",
            $"'imker trace -l \"tracepoint:{(IsPattern(category) ? "*" : category)}:*\"' lists them");
    }

    private void ResolveRawTracepoint(AttachPointSyntax point)
    {
        ImmutableArray<string> parts = Expand(point);
        if (parts.Length is not (2 or 3) || parts[^1].Length == 0)
        {
            BadForm(point, "expected an event");
            return;
        }
        if (IsPattern(parts[^1]))
        {
            diagnostics.Error(BindErrorId.NotSupported, point.Span, "wildcards in raw tracepoints are not supported yet in this version");
            return;
        }
        points.Add(new ResolvedPoint($"rawtracepoint:{parts[^1]}", null, new RawTracepointAttach("", parts[^1]) { Span = point.Span }));
    }

    /// <summary>The names that a pattern matches; a name without wildcards alone where it is there.</summary>
    private static IEnumerable<string> Matches(string pattern, IReadOnlyList<string> names) =>
        IsPattern(pattern) ? names.Where(name => Glob.IsMatch(pattern, name)).Order(StringComparer.Ordinal) : names.Contains(pattern) ? [pattern] : [];
}
