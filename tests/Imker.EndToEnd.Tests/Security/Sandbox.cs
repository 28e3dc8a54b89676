using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

/// <summary>Ways to run the program with less than root has.</summary>
internal static class Sandbox
{
    /// <summary>What tracing takes, as <c>setpriv</c> spells it.</summary>
    public const string TracingCapabilities = "+bpf,+perfmon";

    /// <summary>As the user nobody, with some capabilities or none.</summary>
    public static ProgramResult RunAsNobody(string capabilities, params string[] arguments)
    {
        Machine.RequireRoot();
        string all = capabilities.Length == 0 ? "-all" : $"-all,{capabilities}";
        using RunningProgram program = RunningProgram.Start(Machine.RequireTool("setpriv"),
        [
            "--reuid=nobody", "--regid=nogroup", "--clear-groups", $"--inh-caps={all}", $"--ambient-caps={all}", ImkerBinary.Path, .. arguments,
        ]);
        return program.WaitForEnd(TimeSpan.FromSeconds(30));
    }

    /// <summary>In a mount namespace of its own, after a shell script has changed it; <c>$IMKER</c> is the program and <c>$@</c> its arguments.</summary>
    public static ProgramResult RunInMountNamespace(string script, params string[] arguments)
    {
        Machine.RequireRoot();
        using RunningProgram program = RunningProgram.Start(
            Machine.RequireTool("unshare"), ["--mount", "--propagation=private", "/bin/sh", "-e", "-c", script, "sh", .. arguments],
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        return program.WaitForEnd(TimeSpan.FromSeconds(30));
    }

    /// <summary>The error, which is one line, and nothing else.</summary>
    public static string OnlyErrorOf(ProgramResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        return Assert.Single(result.Error.TrimEnd('\n').Split('\n'), l => l.Contains("error", StringComparison.Ordinal));
    }
}
