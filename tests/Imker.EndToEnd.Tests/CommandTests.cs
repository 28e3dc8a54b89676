using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Commands that a script runs by system().</summary>
public sealed class CommandTests
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
}
