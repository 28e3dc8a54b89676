using System.Diagnostics;

namespace Imker.Linux.Tests.Files;

/// <summary>A process whose root is a directory, for as long as this is held.</summary>
internal sealed class ChrootedProcess : IDisposable
{
    private readonly Process process;

    public ChrootedProcess(string root)
    {
        const string Script = "chroot $ARGV[0] or die $!; $| = 1; print \"ready\\n\"; sleep 60;";
        process = Process.Start(new ProcessStartInfo("perl", ["-e", Script, root]) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
    }

    public int Id => process.Id;

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
