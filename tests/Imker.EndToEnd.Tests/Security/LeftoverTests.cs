using System.Globalization;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Security;

/// <summary>However a run ends, nothing of it stays in the kernel.</summary>
public sealed partial class LeftoverTests
{
    private const string Script = """
        BEGIN { @begun = 1; printf("begun\n"); }
        uprobe:libc:getaddrinfo { @[ustack] = count(); }
        uretprobe:libc:getaddrinfo { @r = count(); }
        interval:s:1 { @i = count(); }
        profile:hz:9 { @p = count(); }
        END { @ended = 1; }
        """;

    [Fact]
    public void Nothing_of_a_killed_run_stays_in_the_kernel()
    {
        Machine.RequireRoot();
        string bpftool = Machine.RequireTool("bpftool");
        using RunningProgram program = ImkerBinary.Start(["trace", "-e", Script], environment: Readiness);
        program.WaitForOutput(ReadinessLine);
        (string Kind, string Id)[] held = ObjectsOf(program.ProcessId);
        Assert.Contains(held, o => o.Kind == "prog");
        Assert.Contains(held, o => o.Kind == "link");
        Assert.Contains(held, o => o.Kind == "map");
        Assert.All(held, o => Assert.True(Exists(bpftool, o), $"{o} is not shown while it is there"));
        program.Signal("KILL");
        program.WaitForEnd(TimeSpan.FromSeconds(10));
        // The kernel frees behind grace periods.
        Assert.All(held, o => Assert.True(SpinWait.SpinUntil(() => !Exists(bpftool, o), TimeSpan.FromSeconds(10)), $"{o} is still there"));
    }

    [Fact]
    public void A_command_ends_with_a_run_that_is_killed()
    {
        Machine.RequireRoot();
        using RunningProgram program = ImkerBinary.Start(["trace", "-e", "interval:s:1 { @ = count(); }", "-c", "sleep 61.25"], environment: Readiness);
        program.WaitForOutput(ReadinessLine);
        Assert.True(SpinWait.SpinUntil(() => IsSleeping(program.ProcessId), TimeSpan.FromSeconds(10)));
        int child = ChildOf(program.ProcessId);
        program.Signal("KILL");
        program.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => !File.Exists($"/proc/{child}/stat") || StateOf(child) == 'Z', TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_right_after_the_start_ends_with_the_maps_printed(string signal)
    {
        Machine.RequireRoot();
        for (int delay = 0; delay <= 30; delay += 3)
        {
            using RunningProgram program = ImkerBinary.Start(["trace", "-e", Script]);
            // From when on it is caught: before, the runtime itself is starting.
            Assert.True(SpinWait.SpinUntil(() => Catches(program.ProcessId, signal), TimeSpan.FromSeconds(20)));
            // There is nothing to wait for: the moments are what the test goes through.
            Thread.Sleep(delay);
            program.Signal(signal);
            ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(20));
            Assert.True(result.ExitCode == 0, $"after {delay} ms: exit code {result.ExitCode}\n{result.Output}\n{result.Error}");
            Assert.Contains("@begun: 1", result.OutputLines);
            Assert.Contains("@ended: 1", result.OutputLines);
        }
    }

    /// <summary>What was asked for and not done is no success; a run that a signal ends is one.</summary>
    [Theory]
    [InlineData("INT", 0)]
    [InlineData("TERM", 0)]
    [InlineData("INT", 128 + 2, "--emit", "asm")]
    [InlineData("TERM", 128 + 15, "--emit", "asm")]
    [InlineData("TERM", 128 + 15, "--dry-run")]
    public void A_signal_while_a_long_script_is_compiled_ends_the_program(string signal, int exitCode, params string[] options)
    {
        Machine.RequireRoot();
        // Takes many seconds.
        string script = $"BEGIN {{\n{string.Concat(Enumerable.Range(0, 50_000).Select(i => $"@[comm, {i}] = str(uptr({i}));\n"))}}}";
        using RunningProgram program = ImkerBinary.Start(["trace", .. options, "-"], script);
        Assert.True(SpinWait.SpinUntil(() => Catches(program.ProcessId, signal), TimeSpan.FromSeconds(20)));
        long start = Environment.TickCount64;
        program.Signal(signal);
        ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(20));
        Assert.InRange(Environment.TickCount64 - start, 0, 1000);
        Assert.Equal((exitCode, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_run_that_was_started_with_SIGINT_ignored_is_stopped_by_both_signals(string signal)
    {
        Machine.RequireRoot();
        using RunningProgram program = RunningProgram.Shell("trap '' INT; exec \"$IMKER\" trace -e 'BEGIN { @ = 1; } interval:ms:50 { printf(\"tick\\n\"); }'",
            new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        program.WaitForOutput("tick");
        program.Signal(signal);
        ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(10));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("@: 1", result.OutputLines);
    }

    [Fact]
    public void Detaching_that_takes_long_is_told()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        // The kernel takes some 50 ms for each of some fifty tracepoints.
        using RunningProgram program = ImkerBinary.Start(["trace", "-e", "tracepoint:syscalls:sys_enter_s* { @ = count(); }"], environment: Readiness);
        program.WaitForOutput(ReadinessLine);
        long start = Environment.TickCount64;
        program.Signal("TERM");
        ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(30));
        long taken = Environment.TickCount64 - start;
        Assert.Equal(0, result.ExitCode);
        bool isTold = Regex.IsMatch(result.Error, @"^Detaching \d+ probes\.\.\.$", RegexOptions.Multiline);
        Assert.True(taken is > 1_000 and < 1_500 || isTold == taken > 1_000, $"after {taken} ms: {result.Error}");
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_run()
    {
        Machine.RequireRoot();
        ProgramResult result = RunningProgram.RunShell("\"$IMKER\" trace -e 'interval:ms:5 { printf(\"tick\\n\"); }' 2>/dev/null | head -n 2",
            environment: new Dictionary<string, string> { ["IMKER"] = ImkerBinary.Path });
        Assert.Equal("tick\ntick\n", result.Output);
    }

    private static string ReadinessLine => "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

    private static Dictionary<string, string> Readiness => new() { [ReadinessLine] = "1" };

    private static (string Kind, string Id)[] ObjectsOf(int processId) =>
    [
        .. from file in Directory.GetFiles($"/proc/{processId}/fdinfo")
           from line in File.ReadLines(file)
           let match = IdLine().Match(line)
           where match.Success
           select (match.Groups[1].Value, match.Groups[2].Value),
    ];

    private static bool Exists(string bpftool, (string Kind, string Id) o) =>
        RunningProgram.RunShell($"{bpftool} {o.Kind} show id {o.Id}").ExitCode == 0;

    private static bool Catches(int processId, string signal)
    {
        int bit = signal == "INT" ? 1 : 14;
        string? line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(l => l.StartsWith("SigCgt:", StringComparison.Ordinal));
        return line is not null && (Convert.ToUInt64(line[7..].Trim(), 16) >> bit & 1) != 0 && Path.GetFileName(File.ResolveLinkTarget($"/proc/{processId}/exe", false)?.FullName) == Path.GetFileName(ImkerBinary.Path);
    }

    private static int ChildOf(int processId) => int.Parse(File.ReadAllText($"/proc/{processId}/task/{processId}/children").Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    private static bool IsSleeping(int parent)
    {
        string children = File.ReadAllText($"/proc/{parent}/task/{parent}/children").Trim();
        return children.Length > 0 && File.ReadAllText($"/proc/{children.Split(' ')[0]}/comm") == "sleep\n";
    }

    private static char StateOf(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    [GeneratedRegex(@"^(prog|link|map)_id:\s*(\d+)$")]
    private static partial Regex IdLine();
}
