using Xunit;

namespace Imker.TestKit;

/// <summary>A cgroup of the unified hierarchy, below its root.</summary>
public sealed class TemporaryCgroup : IDisposable
{
    public TemporaryCgroup()
    {
        Machine.RequireRoot();
        string? mount = File.ReadLines("/proc/self/mountinfo").Where(l => l.Contains(" - cgroup2 ", StringComparison.Ordinal)).Select(l => l.Split(' ')[4]).FirstOrDefault();
        Assert.SkipWhen(mount is null, "the unified hierarchy of cgroups is not mounted here: 'mount -t cgroup2 none /sys/fs/cgroup'");
        Path = $"/imker-test-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
        Directory = mount + Path;
        System.IO.Directory.CreateDirectory(Directory);
        Id = ulong.Parse(RunningProgram.RunShell($"stat -c %i {Directory}").Output, null);
    }

    /// <summary>Below the root, as <c>/proc/PID/cgroup</c> says.</summary>
    public string Path { get; }

    /// <summary>Where it is mounted.</summary>
    public string Directory { get; }

    /// <summary>The number of its inode.</summary>
    public ulong Id { get; }

    public void Dispose() => System.IO.Directory.Delete(Directory);
}
