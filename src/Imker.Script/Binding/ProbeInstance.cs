using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>
/// A probe that becomes one program: the attach points whose contexts look the same to the body. It keeps the variables from one
/// round of inference to the next.
/// </summary>
internal sealed class ProbeInstance(ResolvedProbe probe, ImmutableArray<ResolvedPoint> points, ImmutableArray<int> cookies, string name)
{
    private readonly Dictionary<(SyntaxNode Place, string Name), VariableState> variables = [];
    private readonly Dictionary<BlockSyntax, SortedDictionary<string, SourceSpan>> hoisted = [];

    public ProbeSyntax Syntax => probe.Syntax;

    public Bound.ProbeKind Kind => probe.Kind;

    public ImmutableArray<ResolvedPoint> Points => points;

    /// <summary>Unique in the script.</summary>
    public string Name => name;

    /// <summary>The cookies of the attach points: their numbers in the script.</summary>
    public ImmutableArray<int> Cookies => cookies;

    /// <summary>The fields of the context that the body looks at.</summary>
    public HashSet<string> UsedFields { get; } = new(StringComparer.Ordinal);

    /// <summary>The body asks at which attach point it runs.</summary>
    public bool UsesIdentity { get; set; }

    /// <summary>The variable that is declared at a place of the text; the same in every round.</summary>
    public VariableState Variable(SyntaxNode place, string variableName, SourceSpan span)
    {
        if (!variables.TryGetValue((place, variableName), out VariableState? state))
        {
            state = new VariableState(new VariableSymbol(variableName, ScriptType.Int64), span);
            variables.Add((place, variableName), state);
        }
        return state;
    }

    /// <summary>The variables that a block declares because blocks inside of it set them, and where it reads them.</summary>
    public IReadOnlyDictionary<string, SourceSpan> HoistedInto(BlockSyntax block) =>
        hoisted.TryGetValue(block, out SortedDictionary<string, SourceSpan>? names) ? names : ImmutableDictionary<string, SourceSpan>.Empty;

    /// <summary>Declares a variable at the start of a block, from the next round on.</summary>
    public void Hoist(BlockSyntax block, VariableSyntax use)
    {
        if (!hoisted.TryGetValue(block, out SortedDictionary<string, SourceSpan>? names))
            hoisted.Add(block, names = new SortedDictionary<string, SourceSpan>(StringComparer.Ordinal));
        names.TryAdd(use.Name, use.Span);
    }

    /// <summary>Makes integers of variables that are declared and never given a value; true when there were any.</summary>
    public bool SettleUnassigned()
    {
        bool changed = false;
        foreach (VariableState variable in variables.Values)
        {
            if (variable.Type.Type is not null)
                continue;
            variable.Type.TryMerge(ScriptType.Int64, isFlexible: true, variable.Span, out _);
            variable.Symbol.Type = ScriptType.Int64;
            changed = true;
        }
        return changed;
    }

    /// <summary>
    /// Binds each probe once to see what its body looks at, and divides its attach points: those of tracepoints whose fields
    /// differ become programs of their own, as do all when the body asks where it runs and the kernel has no cookies to tell.
    /// </summary>
    public static ImmutableArray<ProbeInstance> Divide(ImmutableArray<ResolvedProbe> probes, ScriptState state, TypeBinder types)
    {
        var instances = ImmutableArray.CreateBuilder<ProbeInstance>();
        int cookie = 0;
        foreach (ResolvedProbe probe in probes)
        {
            var trial = new ProbeInstance(probe, probe.Points, [.. Enumerable.Range(cookie, probe.Points.Length)], "");
            new ProbeBinder(trial, state, types, new DiagnosticBag()).Bind();
            bool single = trial.UsesIdentity && !HasCookies(probe.Kind, state.Facts);
            foreach (var group in probe.Points.Zip(trial.Cookies).GroupBy(pair => single ? pair.First.Name : LayoutOf(pair.First.Format, trial.UsedFields)))
            {
                ImmutableArray<ResolvedPoint> points = [.. group.Select(pair => pair.First)];
                instances.Add(new ProbeInstance(probe, points, [.. group.Select(pair => pair.Second)], NameOf(points[0], instances.Count)));
            }
            cookie += probe.Points.Length;
        }
        return instances.DrainToImmutable();
    }

    private static bool HasCookies(Bound.ProbeKind kind, ITargetFacts facts) =>
        kind is Bound.ProbeKind.Uprobe or Bound.ProbeKind.Uretprobe or Bound.ProbeKind.Tracepoint or Bound.ProbeKind.Interval or Bound.ProbeKind.Profile
        && facts.Has(KernelFeature.AttachCookie);

    // What the body sees of a context, as a text to group by.
    private static string LayoutOf(TracepointFormat? format, HashSet<string> fields) => format is null || fields.Count == 0
        ? ""
        : string.Join(';', fields.Order(StringComparer.Ordinal).Select(name => format.Find(name) is { } field
            ? $"{name}:{format.Category == "syscalls"}:{field.TypeText}:{field.Offset}:{field.Size}:{field.IsSigned}:{field.ArrayLength}:{field.Location}"
            : $"{name}:{format.Category}:{format.Event}"));

    // Letters, digits and underscores; the number makes it unique.
    private static string NameOf(ResolvedPoint point, int number)
    {
        string text = point.Name.Length <= 40 ? point.Name : point.Name[..point.Name.IndexOf(':')] + "_" + point.Name[(point.Name.LastIndexOf(':') + 1)..];
        return $"{string.Concat(text.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}_{number + 1}";
    }
}
