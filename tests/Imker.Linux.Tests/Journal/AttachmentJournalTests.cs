using Imker.Bytecode;
using Imker.Linux.Tests.Hooks;
using Imker.TestKit;

namespace Imker.Linux.Tests.Journal;

/// <summary>What is left when a process is killed by SIGKILL is removed by the next one, if it is still the same.</summary>
[Collection(KernelEvents.OneAtATime)]
public sealed class AttachmentJournalTests : IDisposable
{
    private readonly TemporaryNetworkNamespace network = new();

    public void Dispose() => network.Dispose();

    [Fact]
    public void A_filter_of_clsact_and_its_discipline_are_removed() =>
        IsRemovedAfterKill("clsact", () => network.RunShell("tc qdisc show dev lo; tc filter show dev lo ingress").Output.Contains("clsact", StringComparison.Ordinal));

    [Fact]
    public void An_XDP_program_of_netlink_is_removed() =>
        IsRemovedAfterKill("xdp", () => network.RunShell("ip link show lo").Output.Contains("xdp", StringComparison.Ordinal));

    [Fact]
    public void A_route_with_a_program_is_removed() =>
        IsRemovedAfterKill("route", () => network.RunShell("ip route show").Output.Contains("198.51.100.0/24", StringComparison.Ordinal));

    [Fact]
    public void A_program_attached_to_a_cgroup_without_a_link_is_removed()
    {
        using var cgroup = new TemporaryCgroup();
        IsRemovedAfterKill("cgroup", () => ProgramQuery.OfCgroup(cgroup.Directory, AttachType.CgroupSysctl, isEffective: false).ProgramIds.Any(), cgroup.Directory);
    }

    [Fact]
    public void A_pin_is_removed()
    {
        Machine.RequireBpffs();
        string path = $"/sys/fs/bpf/imker-test-{Guid.NewGuid():n}";
        IsRemovedAfterKill("pin", () => File.Exists(path), path);
    }

    [Fact]
    public void A_table_of_functions_without_a_link_is_removed()
    {
        HookGate.Require("struct_ops");
        IsRemovedAfterKill("struct_ops", () => File.ReadAllText("/proc/sys/net/ipv4/tcp_available_congestion_control").Contains("imker_hook", StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_that_ends_by_itself_removes_what_it_has_not_disposed()
    {
        using var process = new AttachingProcess("xdp", network.File);
        Assert.True(HasXdp());
        process.End();
        Assert.False(HasXdp());
    }

    [Fact]
    public void What_a_running_process_has_attached_is_left_alone()
    {
        using var process = new AttachingProcess("xdp", network.File);
        AttachmentJournal.RemoveLeftovers();
        Assert.True(HasXdp());
    }

    [Fact]
    public void What_another_has_put_in_its_place_is_left_alone()
    {
        using var process = new AttachingProcess("xdp", network.File);
        process.KillHard();
        Assert.Equal(0, network.RunShell("ip link set dev lo xdpgeneric off").ExitCode);
        NetworkNamespace.Run(network.File, () =>
        {
            using LoadedObject other = HookTest.Load("hook-xdp");
            using (XdpLink.Attach(other.Programs["see"], 1, XdpMode.Generic))
            {
                Assert.All(AttachmentJournal.RemoveLeftovers(), removed => Assert.Null(removed.Failure));
                HookTest.SendDatagram();
                Assert.NotEqual(0UL, other.Hits());
            }
            return 0;
        });
    }

    [Fact]
    public void A_network_namespace_that_is_gone_has_taken_its_attachments_along()
    {
        var other = new TemporaryNetworkNamespace();
        using (var process = new AttachingProcess("clsact", other.File))
            process.KillHard();
        other.Dispose();
        Assert.NotEmpty(AttachmentJournal.Leftovers());
        Assert.All(AttachmentJournal.RemoveLeftovers(), removed => Assert.Null(removed.Failure));
        Assert.Empty(AttachmentJournal.Leftovers());
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind xdp\n")]
    [InlineData("kind xdp\nprocess 1\nstart x\nboot b\nnamespace 1\n")]
    [InlineData("kind nothing\nprocess 1\nstart 2\nboot b\nnamespace 1\n")]
    [InlineData("kind pin\nprocess 99999999999\nstart 2\nboot b\nnamespace 1\n")]
    public void A_file_that_was_cut_or_is_of_another_version_is_passed_over(string text) =>
        Assert.False(JournalText.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _, out _));

    private bool HasXdp() => network.RunShell("ip link show lo").Output.Contains("xdp", StringComparison.Ordinal);

    private void IsRemovedAfterKill(string kind, Func<bool> isThere, string place = "")
    {
        using var process = new AttachingProcess(kind, network.File, place);
        Assert.True(isThere());
        process.KillHard();
        Assert.True(isThere());
        Assert.NotEmpty(AttachmentJournal.Leftovers());
        Assert.All(AttachmentJournal.RemoveLeftovers(), removed => Assert.True(removed.Failure is null, removed.Failure?.Message));
        Assert.False(isThere());
        Assert.Empty(AttachmentJournal.Leftovers());
    }
}
