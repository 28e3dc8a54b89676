using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ScriptTrustTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("imker").FullName;

    public ScriptTrustTests()
    {
        Machine.RequireRoot();
        File.WriteAllText(Script, "BEGIN { printf(\"ran\\n\"); exit(); }");
    }

    private string Script => Path.Combine(directory, "x.bt");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_script_that_others_can_write_does_not_run()
    {
        Run($"chmod o+w {Script}");
        string error = Sandbox.OnlyErrorOf(ImkerBinary.Run(["trace", Script]));
        Assert.Equal($"error: cannot read the script {Script}: it would run with rights that not everybody has, and everybody can write {Script}: 'chmod go-w {Script}'", error);
        Run($"chmod go-w {Script}");
        Assert.Equal("ran\n", ImkerBinary.Run(["trace", "-q", Script]).Output);
    }

    [Fact]
    public void A_script_of_the_one_who_ran_sudo_runs()
    {
        Run($"chown -R 12345 {directory}");
        Assert.Contains("user 12345 owns", Sandbox.OnlyErrorOf(ImkerBinary.Run(["trace", Script])), StringComparison.Ordinal);
        using RunningProgram sudo = ImkerBinary.Start(["trace", "-q", Script], environment: new Dictionary<string, string> { ["SUDO_UID"] = "12345" });
        Assert.Equal("ran\n", sudo.WaitForEnd(TimeSpan.FromSeconds(10)).Output);
    }

    [Fact]
    public void Standard_input_and_process_substitution_may_be_pipes()
    {
        string script = File.ReadAllText(Script);
        Assert.Equal("ran\n", ImkerBinary.Run(["trace", "-q", "-"], script).Output);
        Assert.Equal("ran\n", ImkerBinary.Run(["trace", "-q", "/dev/stdin"], script).Output);
        using RunningProgram shell = RunningProgram.Start("/bin/bash", ["-c", "\"$IMKER\" trace -q <(cat \"$1\")", "bash", Script],
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Equal("ran\n", shell.WaitForEnd(TimeSpan.FromSeconds(10)).Output);
    }

    private static void Run(string shell) => Assert.Equal(0, RunningProgram.RunShell(shell).ExitCode);
}
