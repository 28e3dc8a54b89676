using Xunit;

namespace Imker.TestKit;

/// <summary>A network namespace with its loopback device up.</summary>
public sealed class TemporaryNetworkNamespace : IDisposable
{
    private readonly string ip;

    public TemporaryNetworkNamespace()
    {
        Machine.RequireRoot();
        ip = Machine.RequireTool("ip");
        Name = $"imker-test-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
        Must($"{ip} netns add {Name} && {ip} -n {Name} link set lo up");
    }

    public string Name { get; }

    /// <summary>The file that stands for it, to be opened.</summary>
    public string File => $"/run/netns/{Name}";

    /// <summary>Runs a shell script inside.</summary>
    public ProgramResult RunShell(string script)
    {
        using RunningProgram program = StartShell(script);
        return program.WaitForEnd(TimeSpan.FromSeconds(30));
    }

    public RunningProgram StartShell(string script) => RunningProgram.Start(ip, ["netns", "exec", Name, "/bin/sh", "-c", script]);

    /// <summary>A pair of devices, one end here and one in the other namespace, both up.</summary>
    public void Connect(TemporaryNetworkNamespace other, string here, string there)
    {
        ArgumentNullException.ThrowIfNull(other);
        Must($"{ip} -n {Name} link add {here} type veth peer name {there} netns {other.Name}"
            + $" && {ip} -n {Name} link set {here} up && {ip} -n {other.Name} link set {there} up");
    }

    public void Dispose() => Must($"{ip} netns del {Name}");

    private static void Must(string script)
    {
        ProgramResult result = RunningProgram.RunShell(script);
        Assert.True(result.ExitCode == 0, $"{script}: {result.Error}");
    }
}
