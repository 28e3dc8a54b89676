using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>What is traced: Perl, which Debian always has, calling functions of libc.</summary>
internal static class Workloads
{
    public const string ReadinessLine = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

    /// <summary>Has the program say when everything is attached.</summary>
    public static IReadOnlyDictionary<string, string> Readiness { get; } = new Dictionary<string, string> { [ReadinessLine] = "1" };

    /// <summary>Runs Perl in so many processes at once, all on CPU 0, to their end. <c>$p</c> is the process's number from 0.</summary>
    public static void RunOnOneCpu(int processes, string perl)
    {
        string script = $"for p in $(seq 0 {processes - 1}); do taskset -c 0 perl -e 'my $p = shift; {perl.Replace("'", "'\\''", StringComparison.Ordinal)}' $p & done; wait";
        ProgramResult result = RunningProgram.RunShell(script, TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
