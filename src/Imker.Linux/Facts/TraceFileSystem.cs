using Imker.Objects;

namespace Imker.Linux;

/// <summary>Tracefs: which tracepoints there are, and their formats. It is never mounted by us.</summary>
public sealed class TraceFileSystem
{
    private static readonly string[] places = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    private readonly string events;

    private TraceFileSystem(string root) => events = $"{root}/events";

    /// <summary>Null when it cannot be used; then <paramref name="problem"/> says why and what to do.</summary>
    public static TraceFileSystem? Find(out string? problem)
    {
        problem = null;
        string? forbidden = null;
        foreach (string place in places)
        {
            switch (PseudoDirectory.Access($"{place}/events"))
            {
                case DirectoryAccess.Readable:
                    return new TraceFileSystem(place);
                case DirectoryAccess.Forbidden:
                    forbidden ??= place;
                    break;
            }
        }
        problem = forbidden is not null
            ? $"tracefs cannot be read at {forbidden}: run this as root, or let your group read it: mount -o remount,gid=GROUP,mode=750 {forbidden}"
            : $"tracefs is not mounted: mount -t tracefs tracefs {places[0]}";
        return null;
    }

    /// <summary>All categories, sorted.</summary>
    public IReadOnlyList<string> ReadCategories() => PseudoDirectory.SubdirectoriesOf(events);

    /// <summary>The events of a category, sorted; empty when there is no such category.</summary>
    public IReadOnlyList<string> ReadEvents(string category) =>
        IsName(category) ? PseudoDirectory.SubdirectoriesOf($"{events}/{category}") : [];

    /// <summary>An event's layout; null when there is none of that name.</summary>
    public TracepointFormat? ReadFormat(string category, string name)
    {
        if (!IsName(category) || !IsName(name))
            return null;
        string? text = PseudoFile.TryReadText($"{events}/{category}/{name}/format");
        return text is not null && TracepointFormatParser.TryParse(category, name, text, out TracepointFormat? format) ? format : null;
    }

    // Names come from scripts: they must not lead out of the directory.
    private static bool IsName(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && text[0] != '.';
}
