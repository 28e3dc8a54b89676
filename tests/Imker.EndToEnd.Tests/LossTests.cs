using System.Globalization;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Each cause for which something may be lost is provoked; what is told must name the probe, the cause and the number.</summary>
public sealed class LossTests
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_full_map_counts_the_keys_that_it_did_not_take()
    {
        Machine.RequireRoot();
        ProgramResult result = Run("config = { max_map_keys = 2 } begin { for ($i : 0..10) { @x[$i] = 1; } exit(); }");
        Assert.Matches(@"\b8 map full \(@x\) in begin", OneLine(result.Error));
        Assert.Equal(2, Regex.Count(result.Output, @"^@x\[", RegexOptions.Multiline));
    }

    [Fact]
    public void A_key_that_there_is_no_memory_for_is_counted()
    {
        Machine.RequireRoot();
        // Since 6.1 entries of a map that is not preallocated come from a stock of the CPU (bpf_mem_alloc), which is filled up when
        // interrupts are on again: a timer that inserts many in one run finds it empty.
        KernelGate.Require("open_coded_iterators");
        const int keys = 2000;
        ProgramResult result = Run($$"""
            config = { max_map_keys = 10000000 }
            interval:ms:10 { if (@done == 0) { @done = 1; for ($i : 0..{{keys}}) { @x[$i, pid] = 1; } exit(); } }
            """);
        Match lost = Regex.Match(OneLine(result.Error), @"\b(\d+) insert failed \(@x\) in interval:ms:10");
        Assert.True(lost.Success, result.Error);
        Assert.Equal(keys, int.Parse(lost.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + Regex.Count(result.Output, @"^@x\[", RegexOptions.Multiline));
    }

    [Fact]
    public void A_full_ring_counts_the_records_that_it_did_not_take()
    {
        Machine.RequireRoot();
        const int sent = 200_000;
        ProgramResult result = Run($"begin {{ for ($i : 0..{sent}) {{ printf(\"%d\\n\", $i); }} exit(); }}");
        int lines = result.Output.Split('\n').Count(line => line.Length > 0);
        int lost = int.Parse(Regex.Match(OneLine(result.Error), @"(\d+) ring full").Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Assert.True(lost > 0 && lines > 0);
        Assert.Equal(sent, lines + lost);
    }

    [Fact]
    public void A_helper_that_fails_is_counted_under_its_name()
    {
        Machine.RequireRoot();
        ProgramResult result = Run("begin { printf(\"[%s]\\n\", str((uint64)1)); printf(\"[%s]\\n\", str((uint64)1)); exit(); }");
        Assert.Equal("[]\n[]\n", result.Output);
        Assert.Matches(@"\b2 helper failed \(bpf_probe_read_str\) in begin", OneLine(result.Error));
    }

    [Fact]
    public void Runs_that_the_kernel_left_out_are_counted()
    {
        KernelGate.Require("may_goto");
        // The kernel runs one tracepoint's program at a time on a CPU: a timer that expires within another's is left out.
        const string script = """
            tracepoint:syscalls:sys_enter_rmdir { $n = 0; while ($n < 1000000) { $n++; } }
            tracepoint:timer:hrtimer_expire_entry { @ticks = count(); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-e", script], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        Workloads.RunOnOneCpu(processes: 1, "for (1..200) { rmdir '/nowhere/x' }");
        trace.Signal("INT");
        Assert.Matches(@"\b[1-9]\d* not run in tracepoint:timer:hrtimer_expire_entry", OneLine(trace.WaitForEnd(limit).Error));
    }

    [Fact]
    public void A_loop_that_the_kernel_ends_is_counted()
    {
        KernelGate.Require("may_goto");
        Assert.Matches(@"\b1 loop cut short in begin", OneLine(Run("begin { $n = 0; while (1) { $n++; } printf(\"after\\n\"); exit(); }").Error));
    }

    [Fact]
    public void Json_tells_what_was_lost_as_an_event()
    {
        Machine.RequireRoot();
        ProgramResult result = ImkerBinary.Run(
            ["trace", "-f", "json", "-e", "config = { max_map_keys = 1 } begin { @x[1] = 1; @x[2] = 1; exit(); }"], limit: limit);
        Assert.Contains(result.OutputLines, line => line.Contains("\"lost_events\"", StringComparison.Ordinal) && line.Contains("map full", StringComparison.Ordinal));
    }

    private static ProgramResult Run(string script)
    {
        ProgramResult result = ImkerBinary.Run(["trace", "-q", "-e", script], limit: limit);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
