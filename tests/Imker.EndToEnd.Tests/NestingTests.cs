using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Programs that interrupt each other on one CPU keep their data apart.</summary>
public sealed class NestingTests
{
    private const int Processes = 4;
    private const int Rounds = 1500;
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Two_uprobes_and_a_tracepoint_on_one_CPU_mix_no_record()
    {
        KernelGate.Require("uprobe_multi");
        const string script = """
            uprobe:libc:chdir { printf("chdir %s\n", str(arg0)); }
            uprobe:libc:rmdir { printf("rmdir %s\n", str(arg0)); }
            tracepoint:syscalls:sys_enter_rmdir { printf("system call %s\n", str(args.pathname)); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "-e", script], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        // Each process has a letter, and names of its own lengths made of it.
        Workloads.RunOnOneCpu(Processes,
            $"for my $i (1..{Rounds}) {{ my $n = '/nowhere/' . (chr(65 + $p) x (1 + $i % 300)); chdir $n; rmdir $n }}");
        trace.Signal("INT");
        ProgramResult result = trace.WaitForEnd(limit);

        string[] ours = [.. result.OutputLines.Where(line => line.Contains("/nowhere/", StringComparison.Ordinal))];
        Assert.All(ours, line => Assert.Matches(@"^(chdir|rmdir|system call) /nowhere/(A+|B+|C+|D+)$", line));
        Assert.Equal(3 * Processes * Rounds, ours.Length + LostOf(result.Error));
        // Each name was sent once by each of the three: none is there twice, none was replaced by another.
        Assert.All(ours.CountBy(line => line), pair => Assert.InRange(pair.Value, 1, Rounds / 300));
    }

    private static int LostOf(string error) =>
        Regex.Matches(error, @"(\d+) (?:ring full|scratch taken)").Sum(match => int.Parse(match.Groups[1].Value));
}
