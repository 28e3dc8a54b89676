using Imker.Linux.Tests.Hooks;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Links;

[Collection(KernelEvents.OneAtATime)]
public sealed class LinkUpdateTests
{
    private const int Loopback = 1;

    public LinkUpdateTests() => Machine.RequireRoot();

    [Fact]
    public void The_program_of_a_link_is_replaced_only_if_it_is_the_expected_one() => HookTest.InNamespace(() =>
    {
        using LoadedObject first = HookTest.Load("hook-xdp"), second = ObjectLoader.Load(HookTest.Read("hook-xdp").WithVariable("verdict", 1));
        KernelProgram pass = first.Programs["see"], drop = second.Programs["see"];
        using KernelLink link = XdpLink.Attach(pass, Loopback);
        Assert.NotNull(HookTest.SendDatagram());
        BpfException refusal = Assert.Throws<BpfException>(() => link.Update(drop, expected: drop));
        Assert.Contains("another program is attached", refusal.Message, StringComparison.Ordinal);
        link.Update(drop, expected: pass);
        Assert.Null(HookTest.SendDatagram());
        Assert.Equal(drop.GetInfo().Id, link.GetInfo().ProgramId);
        link.Update(pass);
        Assert.NotNull(HookTest.SendDatagram());
    });

    [Fact]
    public void What_is_attached_without_a_link_says_that_it_has_none() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-xdp");
        using KernelLink link = NetlinkXdp.Attach(loaded.Programs["see"], Loopback, XdpMode.Generic);
        BpfException refusal = Assert.Throws<BpfException>(() => link.Update(loaded.Programs["see"]));
        Assert.Contains("the kernel has no link for it", refusal.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_link_may_be_disposed_twice() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-xdp");
        KernelLink link = NetlinkXdp.Attach(loaded.Programs["see"], Loopback, XdpMode.Generic);
        link.Dispose();
        link.Dispose();
        link = XdpLink.Attach(loaded.Programs["see"], Loopback);
        link.Dispose();
        link.Dispose();
        Assert.Throws<ObjectDisposedException>(() => link.GetInfo());
    });
}
