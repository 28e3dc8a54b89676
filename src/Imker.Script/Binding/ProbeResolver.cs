using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using ProbeKind = Imker.Script.Bound.ProbeKind;
using Provider = Imker.Script.Syntax.ProbeKind;

namespace Imker.Script.Binding;

/// <summary>Finds what the attach points of a script mean on the target. The parts: timers, tracepoints, user probes.</summary>
internal sealed partial class ProbeResolver(
    ITargetFacts facts, BinderOptions options, ScriptConfig config, bool saysMissingProbes, DiagnosticBag diagnostics)
{
    // Of the probe being resolved.
    private readonly List<ResolvedPoint> points = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> missing = [];
    private int total;

    /// <summary>One probe of the script, divided by the kinds of its attach points.</summary>
    public ImmutableArray<ResolvedProbe> Resolve(ProbeSyntax probe)
    {
        if (total > config.MaxProbes || diagnostics.ErrorCount >= DiagnosticBag.MaxErrors)
            return [];
        var found = new List<(ProbeKind Kind, ResolvedPoint Point)>();
        names.Clear();
        missing.Clear();
        foreach (AttachPointSyntax point in probe.AttachPoints)
        {
            points.Clear();
            if (Resolve(point) is { } kind)
                found.AddRange(points.Where(p => names.Add(p.Name)).Select(p => (kind, p)));
        }
        ReportMissing(anyFound: found.Count > 0);
        total += found.Count;
        if (total > config.MaxProbes && total - found.Count <= config.MaxProbes)
        {
            diagnostics.Error(BindErrorId.OutOfRange, probe.Span, $"the script would attach to {total:N0} places, more than {config.MaxProbes:N0}",
                "name fewer of them, or raise 'max_probes' in the configuration");
        }
        return [.. found.GroupBy(pair => pair.Kind, pair => pair.Point, (kind, points) => new ResolvedProbe(probe, kind, [.. points]))];
    }

    /// <summary>
    /// Where the script does not say what to do about probes that are not there, a probe without any is an error, and one of
    /// many that lacks some a warning: scripts list the names of several releases of what they trace.
    /// </summary>
    private void ReportMissing(bool anyFound)
    {
        MissingProbes choice = saysMissingProbes ? config.MissingProbes : anyFound ? MissingProbes.Warn : MissingProbes.Error;
        if (choice == MissingProbes.Ignore)
            return;
        Severity severity = choice == MissingProbes.Error ? Severity.Error : Severity.Warning;
        diagnostics.AddRange(missing.Select(diagnostic => diagnostic with { Severity = severity }));
    }

    private ProbeKind? Resolve(AttachPointSyntax point)
    {
        switch (point.Provider?.Kind)
        {
            case null:
                return null;
            case Provider.Begin:
                points.Add(new ResolvedPoint("begin", null, new RunOnceAttach("", RunPhase.Begin)));
                return ProbeKind.Begin;
            case Provider.End:
                points.Add(new ResolvedPoint("end", null, new RunOnceAttach("", RunPhase.End)));
                return ProbeKind.End;
            case Provider.Interval:
                ResolveTimer(point, everyCpu: false);
                return ProbeKind.Interval;
            case Provider.Profile:
                ResolveTimer(point, everyCpu: true);
                return ProbeKind.Profile;
            case Provider.Tracepoint:
                ResolveTracepoint(point);
                return ProbeKind.Tracepoint;
            case Provider.RawTracepoint:
                ResolveRawTracepoint(point);
                return ProbeKind.RawTracepoint;
            case Provider.Uprobe:
                ResolveUprobe(point, isReturn: false);
                return ProbeKind.Uprobe;
            case Provider.Uretprobe:
                ResolveUprobe(point, isReturn: true);
                return ProbeKind.Uretprobe;
            default:
                diagnostics.Error(BindErrorId.NotSupported, point.Span, $"probes of type '{point.Provider.Name}' are not supported yet in this version",
                    "there are begin, end, tracepoint, rawtracepoint, uprobe, uretprobe, interval, profile");
                return null;
        }
    }

    private void ResolveTimer(AttachPointSyntax point, bool everyCpu)
    {
        ImmutableArray<string> parts = Expand(point);
        if (parts.Length is not (2 or 3) || !IntegerLiteral.TryParse(parts[^1], out ulong number, out _) || number == 0)
        {
            BadForm(point, "expected how often, such as 'hz:99', 's:1' or '10ms'");
            return;
        }
        ulong unit = parts.Length == 2 ? 1 : parts[1] switch { "s" => 1_000_000_000, "ms" => 1_000_000, "us" => 1_000, "hz" => 0, _ => ulong.MaxValue };
        if (unit == ulong.MaxValue)
        {
            BadForm(point, $"there is no unit '{Lexer.Shorten(parts[1])}'{Spelling.Suggestion(parts[1], ["hz", "s", "ms", "us"])}", "units are hz, s, ms and us");
            return;
        }
        if (unit > 0 && number > long.MaxValue / unit || unit == 0 && number > int.MaxValue)
        {
            diagnostics.Error(BindErrorId.OutOfRange, point.Parts[^1].Span, "the number is too large for a timer");
            return;
        }
        points.Add(new ResolvedPoint($"{point.Provider!.Name}:{string.Join(':', parts.Skip(1))}", null,
            new TimerAttach("", everyCpu, number * unit, unit == 0 ? number : 0) { Span = point.Span }));
    }

    private void BadForm(AttachPointSyntax point, string message, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(BindErrorId.BadProbe, point.Span, message,
            hints.Length > 0 ? hints : [$"the probe is written '{point.Provider!.Name}{point.Provider.Form}'"]);

    private void Missing(SourceSpan span, string message, params ReadOnlySpan<string> hints) =>
        missing.Add(new Diagnostic(Severity.Error, BindErrorId.NoSuchProbe, span, message) { Hints = [.. hints] });

    /// <summary>The parts as text, positional parameters put in.</summary>
    private ImmutableArray<string> Expand(AttachPointSyntax point) => [.. point.Parts.Select(part => part.Expand(Parameter))];

    private string Parameter(int number) => number <= options.Parameters.Length ? options.Parameters[number - 1] : "";

    private static bool IsPattern(string name) => name.Contains('*') || name.Contains('?') || name.Contains('[');
}
