using Imker.EndToEnd.Tests.Security;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

public sealed class ListingTests
{
    [Fact]
    public void Tracepoints_and_their_arguments_are_listed_as_bpftrace_lists_them()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        string bpftrace = Machine.RequireTool("bpftrace");
        foreach (string pattern in new[] { "tracepoint:sched:*", "tracepoint:syscalls:sys_enter_o*", "tracepoint:skb:*" })
        {
            using RunningProgram peer = RunningProgram.Start(bpftrace, ["-lv", pattern]);
            string expected = peer.WaitForEnd(TimeSpan.FromSeconds(30)).Output;
            Assert.Equal(expected, ImkerBinary.Run(["trace", "-l", "-v", pattern]).Output);
        }
    }

    [Fact]
    public void Functions_of_an_executable_are_listed()
    {
        string[] lines = [.. ImkerBinary.Run(["trace", "-l", "uprobe:libc:getaddr*"]).OutputLines];
        Assert.Contains(lines, l => l.StartsWith("uprobe:/", StringComparison.Ordinal) && l.EndsWith("/libc.so.6:getaddrinfo", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pattern_that_nothing_matches_is_an_error() =>
        Assert.Equal("error: no probe matches 'nothing:*'", Sandbox.OnlyErrorOf(ImkerBinary.Run(["trace", "-l", "nothing:*"])));
}
