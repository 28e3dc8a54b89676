using Imker.EndToEnd.Tests.Blocks;
using Imker.TestKit;
using Xunit.Sdk;

namespace Imker.EndToEnd.Tests;

/// <summary>That the runner finds what is wrong, with a shell in the place of the program.</summary>
public sealed class BlockRunnerTests
{
    private static readonly Block Shell = new("stand-in", 1) { Arguments = "-c 'echo one; echo two; echo 1 >&2; exit 3'", ExitCode = 3 };

    [Fact]
    public void What_is_as_expected_passes() =>
        Run(Shell with { Output = "one\ntwo", OutputPatterns = ["o.e", "two"], ErrorTexts = ["1"] });

    [Fact]
    public void Objects_are_compared_by_value() =>
        Run(new Block("stand-in", 1) { Arguments = """-c 'echo "{\"a\": 1, \"b\": [2]}"'""", OutputObjects = ["""{"b":[2],"a":1}"""] });

    [Fact]
    public void Another_exit_code_fails() => Fails(Shell with { ExitCode = 0 }, "exit code is not 0");

    [Fact]
    public void Another_output_fails() => Fails(Shell with { Output = "one" }, "the output is not");

    [Fact]
    public void A_pattern_that_matches_only_a_part_of_a_line_fails() => Fails(Shell with { OutputPatterns = ["tw"] }, "no line");

    [Fact]
    public void Lines_in_another_order_fail() => Fails(Shell with { OutputPatterns = ["two", "one"] }, "no line after");

    [Fact]
    public void An_error_text_that_is_not_there_fails() => Fails(Shell with { ErrorTexts = ["2"] }, "no line");

    [Fact]
    public void The_workload_runs_once_the_program_is_ready_and_the_program_is_stopped_after_it()
    {
        string file = Path.GetTempFileName();
        Run(new Block("stand-in", 1)
        {
            Arguments = $"-c 'trap \"cat {file}; exit\" INT; echo $__BPFTRACE_NOTIFY_PROBES_ATTACHED __BPFTRACE_NOTIFY_PROBES_ATTACHED | cut -d\" \" -f2; while :; do sleep 0.01; done'",
            Workload = $"echo worked >{file}",
            Output = "worked",
        });
        File.Delete(file);
    }

    [Fact]
    public void A_program_that_does_not_end_is_killed() =>
        Assert.Throws<TimeoutException>(() => Run(new Block("stand-in", 1) { Arguments = "-c 'sleep 100'", Output = "", Limit = TimeSpan.FromSeconds(0.2) }));

    [Fact]
    public async Task Waiting_for_a_line_ends_with_the_program_that_does_not_write_it()
    {
        using RunningProgram program = RunningProgram.Shell("echo one; sleep 0.3");
        Task waiting = Task.Run(() => program.WaitForOutput("two", TimeSpan.FromMinutes(2)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static void Run(Block block) => BlockRunner.Run(block, "/bin/sh");

    private static void Fails(Block block, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<XunitException>(() => Run(block)).Message, StringComparison.Ordinal);
}
