namespace Imker.Linux;

/// <summary>The processors of this machine, by the lists in <c>/sys/devices/system/cpu</c>.</summary>
public static class Cpus
{
    private static readonly Lazy<int> possible = new(() => ReadList("possible") is { Length: > 0 } list ? list[^1] + 1 : 1);

    /// <summary>How many a per-CPU map has values for: the highest possible number and one.</summary>
    public static int PossibleCount => possible.Value;

    /// <summary>The numbers of those that run now, ascending.</summary>
    public static int[] ReadOnline() => ReadList("online") is { Length: > 0 } list ? list : [0];

    /// <summary>A list such as <c>0-3,8,10-11</c>; what is malformed ends it.</summary>
    internal static int[] ParseList(ReadOnlySpan<char> text)
    {
        const int HighestPossible = 1 << 16;
        var result = new List<int>();
        text = text.Trim();
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> part = text[range];
            int dash = part.IndexOf('-');
            if (!int.TryParse(dash < 0 ? part : part[..dash], out int first)
                || !int.TryParse(dash < 0 ? part : part[(dash + 1)..], out int last)
                || first < 0 || last >= HighestPossible)
                break;
            for (int cpu = first; cpu <= last; cpu++)
                result.Add(cpu);
        }
        return [.. result];
    }

    private static int[] ReadList(string name) => ParseList(PseudoFile.TryReadText($"/sys/devices/system/cpu/{name}") ?? "");
}
