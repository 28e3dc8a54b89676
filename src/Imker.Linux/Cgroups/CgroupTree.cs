using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>The unified hierarchy of cgroups (cgroups(7), version 2), also where it is mounted nowhere that this process sees.</summary>
public sealed class CgroupTree : IDisposable
{
    private readonly string path;
    private readonly Dictionary<ulong, string> paths = [];

    private CgroupTree(Descriptor root, string path)
    {
        Root = root;
        this.path = path;
    }

    /// <summary>The root's directory.</summary>
    internal Descriptor Root { get; }

    /// <exception cref="BpfException">The kernel has none, or this process may not see it.</exception>
    public static CgroupTree Open() => TryOpenMounted() ?? OpenDetached();

    /// <summary>Where the whole hierarchy is mounted; null where this process sees it nowhere.</summary>
    public static string? FindMountPoint() => MountPoint(PseudoFile.TryReadText("/proc/self/mountinfo") ?? "");

    /// <summary>
    /// The path of a cgroup below the root, such as <c>/user.slice</c>; null where there is none, or no longer. What was found once is
    /// told also when the cgroup is gone.
    /// </summary>
    /// <param name="id">As <c>bpf_get_current_cgroup_id</c> gives it: the number of its directory's inode.</param>
    public string? FindPath(ulong id)
    {
        if (!paths.TryGetValue(id, out string? known))
        {
            Walk(path, "/");
            known = paths.GetValueOrDefault(id);
        }
        return known;
    }

    public void Dispose() => Root.Dispose();

    private void Walk(string directory, string name)
    {
        if (FileFacts.TryGet(directory, out FileStatus status))
            paths[status.Inode] = name;
        foreach (string child in PseudoDirectory.SubdirectoriesOf(directory))
            Walk($"{directory}/{child}", name == "/" ? name + child : $"{name}/{child}");
    }

    private static CgroupTree? TryOpenMounted()
    {
        string? mount = FindMountPoint();
        return mount is not null && PseudoFile.TryOpen(mount, out _) is { } root ? new CgroupTree(root, mount) : null;
    }

    /// <summary>Where the whole hierarchy is mounted, by the text of <c>/proc/PID/mountinfo</c>; null where it is not.</summary>
    internal static string? MountPoint(string mounts)
    {
        foreach (string line in mounts.Split('\n'))
        {
            // 41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            if (line.Split(' ') is [_, _, _, "/", var mount, ..] && line.Contains(" - cgroup2 ", StringComparison.Ordinal) && !mount.Contains('\\', StringComparison.Ordinal))
                return mount;
        }
        return null;
    }

    // A mount that stands in no directory, as 'ip netns exec' makes one necessary: it hides what is mounted below /sys.
    internal static CgroupTree OpenDetached()
    {
        Descriptor root = DetachedMount.Open("cgroup2", "see the tree of cgroups");
        using DescriptorUse use = root.Use();
        return new CgroupTree(root, $"/proc/self/fd/{use.Number}");
    }
}
