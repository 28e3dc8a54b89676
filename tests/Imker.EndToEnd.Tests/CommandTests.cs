using System.Globalization;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Commands that a script runs by system(), and the one of -c.</summary>
public sealed partial class CommandTests
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_programs_ask_for_while_a_command_runs_does_not_change_what_was_asked_before()
    {
        Machine.RequireRoot();
        // The ring of what programs ask for holds 64 KiB; this goes through it several times while the command runs.
        const string script = """
            BEGIN { @b[1] = 1; @only[1] = 700; @z[1] = 1; }
            interval:ms:20 { if (!@asked) { @asked = 1; system("sleep 1; echo slept"); exit(3); } }
            interval:us:50 { if (@asked) { print(@b); print(@only, 1, 1000); clear(@z); print(@b); } }
            END { clear(@b); clear(@only); clear(@asked); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "--unsafe", "-e", script]);
        ProgramResult result = trace.WaitForEnd(limit);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("slept", result.OutputLines.Single(line => line.Length > 0 && line[0] != '@'));
    }

    [Fact]
    public void Of_the_process_that_becomes_the_command_nothing_is_traced_but_the_exec()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        const string script = """
            tracepoint:raw_syscalls:sys_enter /pid == cpid && comm != "true"/ { @before++; }
            tracepoint:syscalls:sys_enter_execve /pid == cpid/ { @exec[comm]++; }
            tracepoint:raw_syscalls:sys_enter /pid == cpid && comm == "true"/ { @after++; }
            """;
        for (int i = 0; i < 3; i++)
        {
            ProgramResult result = ImkerBinary.Run(["trace", "-q", "-e", script, "-c", "true"]);
            Assert.Contains("@exec[exe]: 1", result.OutputLines);
            // Besides the execve the read that it waits in, where it was slow to get there.
            Assert.Contains(result.OutputLines, line => line is "@before: 1" or "@before: 2");
            Assert.Contains(result.OutputLines, line => line.StartsWith("@after: ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void After_a_signal_the_running_command_is_waited_for_and_no_other_is_begun_but_those_of_END(string signal)
    {
        Machine.RequireRoot();
        const string script = """
            interval:ms:50 { @n++; system("echo begun >&2; sleep 1; echo ran"); printf("text\n"); }
            END { system("echo at the end"); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "--unsafe", "-e", script]);
        trace.WaitForError("begun", limit);
        // So that others wait behind it.
        Thread.Sleep(500);
        trace.Signal(signal);
        ProgramResult result = trace.WaitForEnd(TimeSpan.FromSeconds(15));
        Assert.Equal(0, result.ExitCode);
        int begun = result.Error.Split('\n').Count(line => line == "begun"), ran = result.OutputLines.Count(line => line == "ran");
        // One may have begun between the last look at the output and the signal.
        Assert.InRange(begun, 1, 2);
        Assert.Equal(begun, ran);
        Match skipped = SkippedCommands().Match(result.Error);
        Assert.True(skipped.Success, result.Error);
        int events = begun + int.Parse(skipped.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal(events, result.OutputLines.Count(line => line == "text"));
        Assert.Contains($"@n: {events}", result.OutputLines);
        Assert.Contains("at the end", result.OutputLines);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_second_signal_does_not_wait_for_the_running_command(string signal)
    {
        Machine.RequireRoot();
        const string script = """
            BEGIN { @n = 1; system("echo first; echo begun $$ >&2; exec sleep 77"); system("echo second"); }
            END { system("echo third"); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "--unsafe", "-e", script]);
        trace.WaitForError("begun", limit);
        trace.Signal(signal);
        Thread.Sleep(300);
        Assert.False(trace.HasExited);
        trace.Signal(signal);
        ProgramResult result = trace.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["first", "@n: 1"], result.OutputLines.Where(line => line.Length > 0));
        Assert.Contains("a second signal came while this command ran", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, SkippedCommands().Count(result.Error));
        string command = result.Error.Split('\n').First(line => line.StartsWith("begun ", StringComparison.Ordinal))[6..];
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{command}"), TimeSpan.FromSeconds(10)), "the command is still there");
    }

    /// <summary>With one ring, and with several.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void While_a_command_runs_nothing_is_lost_and_the_order_stays(int rings)
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        // Some 16 MB of records come while the command runs; the rings hold 4 MiB.
        const int events = 300_000;
        string script = $$"""
            config = { data_rings = {{rings}} }
            tracepoint:syscalls:sys_enter_rmdir /comm == "imkersystem"/ {
              @n++;
              printf("%d %s\n", @n, comm);
              if (@n == 10) { system("sleep 2; echo slept"); }
              if (@n == 20) { printf("end %s\n", "first"); system("echo second"); }
              if (@n == {{events}}) { exit(); }
            }
            END { clear(@n); }
            """;
        using RunningProgram trace = ImkerBinary.Start(["trace", "-q", "--unsafe", "-e", script], environment: Workloads.Readiness);
        trace.WaitForOutput(Workloads.ReadinessLine, limit);
        // The many come when the command runs for certain, and not so fast that a reader which waits for a CPU lets a ring fill up.
        Workloads.RunOnOneCpu(processes: 1,
            $"$0 = \"imkersystem\"; for (1..{events}) {{ rmdir \"/nowhere/x\"; select(undef, undef, undef, $_ == 30 ? 0.3 : 0.005) if $_ == 30 || $_ % 2000 == 0 }}");
        ProgramResult result = trace.WaitForEnd(limit);

        string[] expected = [.. Enumerable.Range(1, events).Select(i => $"{i} imkersystem")];
        Assert.Equal("", result.Error);
        Assert.Equal(
            [Workloads.ReadinessLine, .. expected[..10], "slept", .. expected[10..20], "end first", "second", .. expected[20..]],
            result.OutputLines.Where(line => line.Length > 0));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_reach_commands_and_files_unchanged()
    {
        Machine.RequireRoot();
        ProgramResult result = RunningProgram.RunShell(
            """
            directory=$(mktemp -d)
            trap 'rm -r "$directory"' EXIT
            odd=$directory/$(printf '\377\303(\303\244')
            echo shown >"$odd"
            "$IMKER" trace -q --unsafe -e 'BEGIN {
              cat("%s", str($1));
              system("cat \"%s\"; printf \"%%s\" \"%s\" | tail -c 5 | od -An -tx1", str($1), str($1));
              exit(); }' "$odd"
            """,
            limit, new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Equal(("shown\nshown\n ff c3 28 c3 a4\n", ""), (result.Output, result.Error));
    }

    [GeneratedRegex(@"WARNING: (\d+) commands? (?:was|were) not run, because a signal had come")]
    private static partial Regex SkippedCommands();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_the_compiling_of_a_filter(string signal, int exitCode)
    {
        string filter = string.Join(" or ", Enumerable.Range(0, 3000).Select(i => $"host 10.{i / 250}.{i % 250}.1"));
        using RunningProgram compile = ImkerBinary.Start(["filter", "--ebpf", filter]);
        // It compiles when it has computed for a while.
        Assert.True(SpinWait.SpinUntil(() => compile.ProcessorTime > TimeSpan.FromMilliseconds(300), limit));
        compile.Signal(signal);
        Assert.Equal(exitCode, compile.WaitForEnd(TimeSpan.FromSeconds(5)).ExitCode);
    }
}
