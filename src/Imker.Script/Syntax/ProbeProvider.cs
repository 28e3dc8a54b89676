using System.Collections.Immutable;

namespace Imker.Script.Syntax;

public enum ProbeKind
{
    Begin,
    End,
    Self,
    Test,
    Bench,
    Kprobe,
    Kretprobe,
    Fentry,
    Fexit,
    Tracepoint,
    RawTracepoint,
    Uprobe,
    Uretprobe,
    Usdt,
    Profile,
    Interval,
    Software,
    Hardware,
    Watchpoint,
    AsyncWatchpoint,
    Iterator,
}

/// <summary>A kind of probe by the names that scripts call it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The full name, in whatever case.</param>
/// <param name="ShortName">The short name, whose case counts: <c>u</c> is a uprobe, <c>U</c> a USDT probe.</param>
/// <param name="OldName">What releases before 0.20 called it.</param>
/// <param name="Form">What is written behind the name, for messages.</param>
public sealed record ProbeProvider(
    ProbeKind Kind, string Name, string? ShortName = null, string? OldName = null, string Form = "")
{
    public static ImmutableArray<ProbeProvider> All { get; } =
    [
        new(ProbeKind.Begin, "begin"),
        new(ProbeKind.End, "end"),
        new(ProbeKind.Self, "self", Form: ":signal:NAME"),
        new(ProbeKind.Test, "test", Form: ":name"),
        new(ProbeKind.Bench, "bench", Form: ":name"),
        new(ProbeKind.Kprobe, "kprobe", "k", Form: ":[module:]function[+offset]"),
        new(ProbeKind.Kretprobe, "kretprobe", "kr", Form: ":[module:]function"),
        new(ProbeKind.Fentry, "fentry", "f", "kfunc", Form: ":[module:]function"),
        new(ProbeKind.Fexit, "fexit", "fr", "kretfunc", Form: ":[module:]function"),
        new(ProbeKind.Tracepoint, "tracepoint", "t", Form: ":category:event"),
        new(ProbeKind.RawTracepoint, "rawtracepoint", "rt", Form: ":[module:]event"),
        new(ProbeKind.Uprobe, "uprobe", "u", Form: ":binary:function[+offset]"),
        new(ProbeKind.Uretprobe, "uretprobe", "ur", Form: ":binary:function"),
        new(ProbeKind.Usdt, "usdt", "U", Form: ":binary:[provider:]name"),
        new(ProbeKind.Profile, "profile", "p", Form: ":hz:rate"),
        new(ProbeKind.Interval, "interval", "i", Form: ":s:count"),
        new(ProbeKind.Software, "software", "s", Form: ":event[:count]"),
        new(ProbeKind.Hardware, "hardware", "h", Form: ":event[:count]"),
        new(ProbeKind.Watchpoint, "watchpoint", "w", Form: ":address:length:mode"),
        new(ProbeKind.AsyncWatchpoint, "asyncwatchpoint", "aw", Form: ":address:length:mode"),
        new(ProbeKind.Iterator, "iter", "it", Form: ":object[:pin]"),
    ];

    private static readonly Dictionary<string, ProbeProvider> ByExactName = IndexExact();
    private static readonly Dictionary<string, ProbeProvider> ByName = IndexAnyCase();

    public static IEnumerable<string> Names => All.Select(provider => provider.Name);

    /// <summary>Finds a provider by any of its names, or gives null.</summary>
    public static ProbeProvider? Find(ReadOnlySpan<char> name) =>
        ByExactName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out ProbeProvider? provider) ||
        ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out provider)
            ? provider
            : null;

    /// <summary>Whether it stands alone, without a colon.</summary>
    public bool IsBare => Form.Length == 0;

    private static Dictionary<string, ProbeProvider> IndexExact()
    {
        var index = new Dictionary<string, ProbeProvider>(StringComparer.Ordinal);
        foreach (ProbeProvider provider in All)
        {
            if (provider.ShortName is not null)
                index.Add(provider.ShortName, provider);
        }
        return index;
    }

    private static Dictionary<string, ProbeProvider> IndexAnyCase()
    {
        var index = new Dictionary<string, ProbeProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (ProbeProvider provider in All)
        {
            index.Add(provider.Name, provider);
            if (provider.OldName is not null)
                index.Add(provider.OldName, provider);
        }
        return index;
    }
}
