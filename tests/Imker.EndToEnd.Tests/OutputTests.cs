using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>How records and maps come out of the kernel.</summary>
public sealed class OutputTests
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Printing_and_clearing_back_to_back_loses_no_increment()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        const int processes = 2, rounds = 200_000;
        const string script = """
            tracepoint:syscalls:sys_enter_rmdir /comm == "imkerprint"/ { @all = count(); @by[cpu] = sum(1); @plain[1]++; @n++; }
            interval:ms:20 { print(@all); clear(@all); print(@by); clear(@by); print(@plain); clear(@plain); }
            interval:us:500 { print(@n); clear(@n); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "-e", script], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        string loop = $"$0 = \"imkerprint\"; for (1..{rounds}) {{ rmdir \"/nowhere/x\" }}";
        ProgramResult work = RunningProgram.RunShell(
            $"for cpu in $(seq {processes}); do perl -e '{loop}' & done; wait", limit);
        Assert.True(work.ExitCode == 0, work.Error);
        trace.Signal("INT");
        string output = trace.WaitForEnd(limit).Output;

        Assert.True(Regex.Count(output, "@all: ") > 2, "there was time for more than the print at the end");
        Assert.Equal(processes * rounds, SumOf(output, @"^@all: (\d+)$"));
        Assert.Equal(processes * rounds, SumOf(output, @"^@by\[\d+\]: (\d+)$"));
        Assert.Equal(processes * rounds, SumOf(output, @"^@plain\[1\]: (\d+)$"));
        Assert.Equal(processes * rounds, SumOf(output, @"^@n: (\d+)$"));
    }

    [Fact]
    public void A_record_is_printed_when_no_other_follows()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        using RunningProgram trace = ImkerBinary.Start(
            ["trace", "-q", "-e", "tracepoint:syscalls:sys_enter_rmdir { printf(\"removing %s\\n\", str(args.pathname)); }"], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        for (int i = 0; i < 3; i++)
        {
            RunningProgram.RunShell($"rmdir /nowhere/imker-{i} 2>/dev/null");
            trace.WaitForOutput($"removing /nowhere/imker-{i}\n", TimeSpan.FromSeconds(2));
        }
        trace.Signal("TERM");
        Assert.Equal(0, trace.WaitForEnd(limit).ExitCode);
    }

    [Fact]
    public void A_script_of_five_thousand_lines_runs()
    {
        Machine.RequireRoot();
        // With lookups among them: the kernel makes the code longer than it came, and jumps must still reach.
        var script = new StringBuilder("begin {\n");
        for (int i = 0; i < 5000; i++)
            script.Append(i % 4 == 0 ? $"  @sum += {i}; if (@sum > {i}) {{ @by[{i % 50}] = count(); }}\n" : $"  @sum += {i};\n");
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, script.Append("  exit();\n}\n").ToString());
            ProgramResult result = ImkerBinary.Run(["trace", "-q", path], limit: limit);
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains($"@sum: {5000 * 4999 / 2}", result.OutputLines);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Output_keeps_the_order_in_which_it_was_sent_over_both_rings()
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(
            ["trace", "-q", "-e", "begin { @a = 1; printf(\"1\\n\"); print(@a); printf(\"2\\n\"); clear(@a); printf(\"3\\n\"); exit(); printf(\"never\\n\"); } end { printf(\"4\\n\"); }"],
            limit: limit);
        Assert.Equal(["1", "@a: 1", "2", "3", "4"], result.OutputLines.Where(line => line.Length > 0));
    }

    [Fact]
    public void One_process_alone_is_traced_until_it_ends()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        string go = Path.Combine(Path.GetTempPath(), $"imker-go-{Environment.ProcessId}");
        using RunningProgram traced = RunningProgram.Shell(
            $"until [ -e '{go}' ]; do sleep 0.05; done; rm '{go}'; exec perl -e 'rmdir \"/nowhere/ours\" for 1..5'");
        using RunningProgram trace = ImkerBinary.Start(
            ["trace", "-q", "-p", traced.ProcessId.ToString(CultureInfo.InvariantCulture), "-e", "tracepoint:syscalls:sys_enter_rmdir { @[pid] = count(); }"],
            environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        RunningProgram.RunShell("rmdir /nowhere/theirs 2>/dev/null");
        File.WriteAllText(go, "");
        ProgramResult result = trace.WaitForEnd(limit);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([$"@[{traced.ProcessId}]: 5"], result.OutputLines.Where(line => line.StartsWith('@')));
    }

    [Fact]
    public void A_dry_run_attaches_and_prints_nothing()
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(
            ["trace", "--dry-run", "-e", "begin { printf(\"begin\\n\"); @x = 1; } interval:ms:1 { printf(\"tick\\n\"); } end { printf(\"end\\n\"); }"], limit: limit);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("Attached 3 probes", result.Error, StringComparison.Ordinal);
    }

    private static int SumOf(string output, string pattern) => Regex.Matches(output, pattern, RegexOptions.Multiline)
        .Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
}
