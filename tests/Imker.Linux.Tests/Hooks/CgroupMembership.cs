using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>This process in a cgroup of its own, until disposed.</summary>
internal sealed class CgroupMembership : IDisposable
{
    private readonly TemporaryCgroup cgroup = new();
    private readonly string before;

    public CgroupMembership()
    {
        string own = File.ReadLines("/proc/self/cgroup").First(line => line.StartsWith("0::", StringComparison.Ordinal))[3..];
        before = $"{cgroup.Directory[..^cgroup.Path.Length]}{own}/cgroup.procs";
        File.WriteAllText($"{cgroup.Directory}/cgroup.procs", $"{Environment.ProcessId}");
    }

    public string Directory => cgroup.Directory;

    public void Dispose()
    {
        // Other tests may have started processes meanwhile, which are in it as well.
        Assert.True(SpinWait.SpinUntil(TryLeave, TimeSpan.FromSeconds(20)), "the cgroup stays busy");
    }

    private bool TryLeave()
    {
        try
        {
            foreach (string process in File.ReadAllLines($"{cgroup.Directory}/cgroup.procs"))
                File.WriteAllText(before, process);
            cgroup.Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
