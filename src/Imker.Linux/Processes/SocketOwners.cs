using System.Globalization;

namespace Imker.Linux;

/// <summary>
/// Finds the processes behind sockets, by <c>/proc/net</c> and <c>/proc/PID/fd</c>. What it found it keeps; it looks anew, seldom, when
/// it is asked for a socket that was not there: a look goes through all descriptors of the machine. A socket that is closed by then has
/// no owner any more.
/// </summary>
public sealed class SocketOwners
{
    private const int MostKept = 10_000;
    private const long MillisecondsBetweenLooks = 50;

    // A twentieth of the time is spent looking, at the most.
    private const long RestsOfALook = 19;
    private const string LinkPrefix = "socket:[";

    private readonly Dictionary<SocketKey, SocketOwner> found = [];
    private Dictionary<ulong, int> holders = [];
    private SocketTable table = new();
    private long nextLook;

    /// <summary>The process that holds the socket; null when there is none, or it may not be seen.</summary>
    public SocketOwner? TryFind(in SocketKey key)
    {
        if (found.TryGetValue(key, out SocketOwner? known))
            return known;
        if (Find(key) is { } owner)
            return Keep(key, owner);
        if (Environment.TickCount64 < nextLook)
            return null;
        Look();
        return Find(key) is { } late ? Keep(key, late) : null;
    }

    private SocketOwner Keep(in SocketKey key, SocketOwner owner)
    {
        if (found.Count >= MostKept)
            found.Clear();
        return found[key] = owner;
    }

    private SocketOwner? Find(in SocketKey key)
    {
        if (!table.TryFind(key, out ulong inode) || !holders.TryGetValue(inode, out int process))
            return null;
        string name = SocketOwner.NameOf(process) ?? "";
        string cgroups = PseudoFile.TryReadText($"/proc/{process}/cgroup") ?? "";
        string cgroup = cgroups.Split('\n').FirstOrDefault(l => l.StartsWith("0::", StringComparison.Ordinal))?[3..] ?? "";
        return name.Length == 0 ? null : new SocketOwner(process, name, cgroup);
    }

    private void Look()
    {
        long start = Environment.TickCount64;
        table = SocketTable.Read();
        holders = [];
        foreach (string directory in PseudoDirectory.SubdirectoriesOf("/proc"))
        {
            if (int.TryParse(directory, NumberStyles.None, CultureInfo.InvariantCulture, out int process))
                AddSocketsOf(process);
        }
        long end = Environment.TickCount64;
        nextLook = end + Math.Max(MillisecondsBetweenLooks, (end - start) * RestsOfALook);
    }

    private void AddSocketsOf(int process)
    {
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries($"/proc/{process}/fd"))
            {
                if (PseudoFile.TryReadLink(descriptor) is { } link && link.StartsWith(LinkPrefix, StringComparison.Ordinal)
                    && ulong.TryParse(link.AsSpan(LinkPrefix.Length).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
                    holders.TryAdd(inode, process);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or hides them from us.
        }
    }
}
