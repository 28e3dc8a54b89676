using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Binding;
using Imker.Script.Syntax;

namespace Imker.Script.Listing;

/// <summary>
/// The probes of a target that match a pattern, in bpftrace's form: <c>tracepoint:sched:*</c>, <c>uprobe:libc:get*</c>; without a
/// colon, what matches the whole name or its last part.
/// </summary>
public sealed class ProbeList(ITargetFacts facts, int? processId)
{
    private static readonly string[] units = ["hz", "ms", "s", "us"];

    /// <summary>Why something could not be looked up that the pattern may have meant; null when nothing was left out.</summary>
    public string? Problem { get; private set; }

    /// <param name="pattern"><c>*</c> for all. Functions are listed only of executables that it names.</param>
    /// <param name="withArguments">Look up the fields of <c>args</c>, too.</param>
    public IEnumerable<ListedProbe> Find(string pattern, bool withArguments)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        string[] parts = pattern.Split(':', 2);
        string rest = parts.Length > 1 ? parts[1] : "*";
        if (parts.Length == 1 && ProbeProvider.Find(pattern) is null)
            return Timers("*").Concat(Tracepoints("*", "*", withArguments)).Where(p => Matches(pattern, p.Name));
        return Providers(parts[0]).SelectMany(kind => Find(kind, rest, withArguments));
    }

    private static IEnumerable<ProbeKind> Providers(string pattern) =>
        ProbeProvider.Find(pattern) is { } provider
            ? [provider.Kind]
            : ProbeProvider.All.Where(p => Glob.IsMatch(pattern, p.Name)).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.Kind);

    private IEnumerable<ListedProbe> Find(ProbeKind kind, string rest, bool withArguments)
    {
        string[] parts = rest.Split(':');
        switch (kind)
        {
            case ProbeKind.Interval or ProbeKind.Profile:
                return Timers(parts[0]).Where(p => p.Name.StartsWith(NameOf(kind), StringComparison.Ordinal));
            case ProbeKind.Tracepoint:
                return Tracepoints(parts[0], parts.Length > 1 ? parts[1] : "*", withArguments);
            case ProbeKind.Uprobe or ProbeKind.Uretprobe when rest != "*":
                return Functions(NameOf(kind), parts[0], parts.Length > 1 ? string.Join(':', parts[1..]) : "*");
            default:
                return [];
        }
    }

    private static IEnumerable<ListedProbe> Timers(string unit) =>
        from kind in new[] { ProbeKind.Interval, ProbeKind.Profile }
        from name in units
        where Glob.IsMatch(unit, name)
        select new ListedProbe($"{NameOf(kind)}:{name}:", []);

    private IEnumerable<ListedProbe> Tracepoints(string category, string name, bool withArguments)
    {
        Problem = facts.TracepointProblem;
        if (Problem is not null)
            return [];
        return
            from c in facts.TracepointCategories() ?? []
            where Glob.IsMatch(category, c)
            from e in facts.TracepointEvents(c) ?? []
            where Glob.IsMatch(name, e)
            select new ListedProbe($"tracepoint:{c}:{e}", withArguments ? ArgumentsOf(c, e) : []);
    }

    private IEnumerable<ListedProbe> Functions(string provider, string binary, string function)
    {
        if (facts.FindBinary(binary, processId) is not { } path)
        {
            Problem = $"there is no executable or library '{Lexer.Shorten(binary)}'";
            return [];
        }
        return
            from name in facts.Functions(path).Order(StringComparer.Ordinal)
            where Glob.IsMatch(function, name)
            select new ListedProbe($"{provider}:{path}:{name}", []);
    }

    private ImmutableArray<string> ArgumentsOf(string category, string name) =>
        facts.Tracepoint(category, name) is { } format
            ? [.. format.Fields.Where(f => !f.Name.StartsWith("common_", StringComparison.Ordinal)).Select(Describe)]
            : [];

    private static string Describe(TracepointField field) => field.Location switch
    {
        DataLocation.FromContext => $"__data_loc {field.TypeText}[] {field.Name}",
        DataLocation.FromField => $"__rel_loc {field.TypeText}[] {field.Name}",
        _ => field.ArrayLength > 0 ? $"{field.TypeText} {field.Name}[{field.ArrayLength}]" : $"{field.TypeText} {field.Name}",
    };

    private static bool Matches(string pattern, string name)
    {
        ReadOnlySpan<char> last = name.AsSpan().TrimEnd(':');
        return Glob.IsMatch(pattern, name) || Glob.IsMatch(pattern, last[(last.LastIndexOf(':') + 1)..]);
    }

    private static string NameOf(ProbeKind kind) => ProbeProvider.All.First(p => p.Kind == kind).Name;
}
