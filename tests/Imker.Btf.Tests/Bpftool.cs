using System.Diagnostics;

namespace Imker.Btf.Tests;

/// <summary>The kernel's own tool, as a second opinion.</summary>
internal static class Bpftool
{
    private const string Path = "/usr/sbin/bpftool";

    public static string Run(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Path), "bpftool is not installed: apt-get install bpftool");
        using Process process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
