using System.Reflection;
using Xunit;

namespace Imker.TestKit;

/// <summary>
/// What a test needs of the machine besides its kernel. In continuous integration <c>./test</c> has put all of it in place,
/// so there a lack is a failure; elsewhere it skips the test and says what brings it.
/// </summary>
public static class Machine
{
    private static readonly string[] ToolDirectories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The source tree that the tests were built from.</summary>
    public static string RepositoryRoot { get; } = typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
            Lack("needs root");
    }

    /// <summary>The full path of a program of the system.</summary>
    public static string RequireTool(string name)
    {
        string? path = ToolDirectories.Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);
        if (path is null)
            Lack($"needs {name}: './test' names the package");
        return path!;
    }

    public static void RequireTracefs()
    {
        if (!Directory.Exists("/sys/kernel/tracing/events"))
            Lack("needs tracefs: 'mount -t tracefs none /sys/kernel/tracing'");
    }

    public static void RequireBpffs()
    {
        if (!File.ReadLines("/proc/self/mounts").Any(l => l.Split(' ') is [_, "/sys/fs/bpf", "bpf", ..]))
            Lack("needs bpffs: 'mount -t bpf none /sys/fs/bpf'");
    }

    /// <summary>For what takes long or fetches something: <c>./test --all</c>.</summary>
    public static void RequireAll()
    {
        if (Environment.GetEnvironmentVariable("IMKER_TEST_ALL") != "1")
            Assert.Skip("only with './test --all'");
    }

    private static void Lack(string what)
    {
        Assert.False(IsContinuousIntegration, what);
        Assert.Skip(what);
    }
}
