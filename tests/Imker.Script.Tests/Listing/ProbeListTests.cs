using Imker.Script.Listing;
using Imker.Script.Tests.Binding;

namespace Imker.Script.Tests.Listing;

public sealed class ProbeListTests
{
    private readonly ProbeList list = new(new FakeTarget(), processId: null);

    [Theory]
    [InlineData("tracepoint:syscalls:*openat", "tracepoint:syscalls:sys_enter_openat tracepoint:syscalls:sys_exit_openat")]
    [InlineData("t:sched:sched_sw*", "tracepoint:sched:sched_switch")]
    [InlineData("trace*:sched:sched_sw*", "tracepoint:sched:sched_switch")]
    [InlineData("*process_exec", "tracepoint:sched:sched_process_exec")]
    [InlineData("sched_switch", "tracepoint:sched:sched_switch")]
    [InlineData("uprobe:libc:get*2", "uprobe:/lib/libc.so.6:gethostbyname2")]
    [InlineData("ur:/lib/libc.so.6:m?lloc", "uretprobe:/lib/libc.so.6:malloc")]
    [InlineData("profile", "profile:hz: profile:ms: profile:s: profile:us:")]
    [InlineData("interval:*s", "interval:ms: interval:s: interval:us:")]
    [InlineData("nothing", "")]
    [InlineData("kprobe:*", "")]
    public void Probes_are_found_by_pattern(string pattern, string expected)
    {
        Assert.Equal(expected, string.Join(' ', list.Find(pattern, withArguments: false).Select(p => p.Name)));
        Assert.Null(list.Problem);
    }

    [Fact]
    public void Without_a_pattern_there_is_all_but_the_functions_of_executables()
    {
        string[] kinds = [.. list.Find("*", withArguments: false).Select(p => p.Name.Split(':')[0]).Distinct()];
        Assert.Equal(["interval", "profile", "tracepoint"], kinds);
    }

    [Fact]
    public void Arguments_are_written_as_C_declares_them()
    {
        ListedProbe probe = Assert.Single(list.Find("tracepoint:sched:sched_switch", withArguments: true));
        Assert.Equal(["char prev_comm[16]", "pid_t prev_pid", "int prev_prio", "long prev_state", "char next_comm[16]", "pid_t next_pid"], probe.Arguments);
    }

    [Fact]
    public void An_executable_that_is_not_there_is_a_problem()
    {
        Assert.Empty(list.Find("uprobe:nowhere:*", withArguments: false));
        Assert.Equal("there is no executable or library 'nowhere'", list.Problem);
    }

    [Fact]
    public void Tracepoints_that_cannot_be_read_are_a_problem_and_the_rest_is_listed()
    {
        var blind = new ProbeList(new FakeTarget { TracepointProblem = "tracefs is not mounted" }, processId: null);
        Assert.NotEmpty(blind.Find("*", withArguments: false));
        Assert.Equal("tracefs is not mounted", blind.Problem);
    }
}
