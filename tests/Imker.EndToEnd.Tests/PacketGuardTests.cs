using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

public sealed class PacketGuardTests
{
    private const string Project = "Imker.PacketGuard";

    private static string Sample => Path.Combine(Machine.RepositoryRoot, "samples", Project, "bin/Debug/net10.0", Project);

    /// <summary>The sample service counts the packets of both sources, and drops those of the blocked one.</summary>
    [Fact]
    public void The_sample_counts_and_blocks_packets()
    {
        using TemporaryNetworkNamespace here = new(), there = new();
        here.Connect(there, "guarded", "sender");
        Assert.Equal(0, here.RunShell("ip addr add 10.99.0.1/24 dev guarded").ExitCode);
        Assert.Equal(0, there.RunShell("ip addr add 10.99.0.2/24 dev sender && ip addr add 10.99.0.3/24 dev sender").ExitCode);
        using RunningProgram guard = here.StartShell($"exec {Sample} guarded 10.99.0.3");
        guard.WaitForOutput("guarding guarded");
        Send(there, "10.99.0.2");
        Send(there, "10.99.0.3");
        guard.WaitForOutput("10.99.0.2: 1 passed, 0 dropped");
        guard.WaitForOutput("10.99.0.3: 0 passed, 1 dropped");
        guard.Signal("INT");
        Assert.Equal(0, guard.WaitForEnd(TimeSpan.FromSeconds(10)).ExitCode);
    }

    [Fact]
    public void The_sample_says_which_interface_is_not_there()
    {
        Machine.RequireRoot();
        using RunningProgram guard = RunningProgram.Start(Sample, ["imker-none"]);
        ProgramResult result = guard.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("cannot capture on imker-none: ", result.Error, StringComparison.Ordinal);
    }

    private static void Send(TemporaryNetworkNamespace from, string source) =>
        Assert.Equal(0, from.RunShell($"ip route replace 10.99.0.0/24 dev sender src {source} && bash -c 'echo x > /dev/udp/10.99.0.1/9'").ExitCode);
}
