using System.Net;
using System.Net.Sockets;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>Hooks of interfaces and routes, each in a network namespace of its own, on its loopback device, number 1.</summary>
[Collection(KernelEvents.OneAtATime)]
public sealed class DeviceHookTests
{
    private const int Loopback = 1;

    public DeviceHookTests() => Machine.RequireRoot();

    [Fact]
    public void XDP_runs_in_each_mode()
    {
        using var pair = new DevicePair();
        pair.OnTheLeft(index =>
        {
            foreach (XdpMode mode in (XdpMode[])[XdpMode.Any, XdpMode.Generic, XdpMode.Native])
            {
                using LoadedObject loaded = HookTest.Load("hook-xdp");
                using (XdpLink.Attach(loaded.Programs["see"], index, mode))
                {
                    pair.BroadcastFromTheRight(3);
                    WaitFor(() => loaded.Hits() >= 3);
                }
                ulong hits = loaded.Hits();
                pair.BroadcastFromTheRight(3);
                Assert.Equal(hits, loaded.Hits());
            }
        });
    }

    [Fact]
    public void XDP_drops_what_a_constant_set_before_loading_says() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = ObjectLoader.Load(HookTest.Read("hook-xdp").WithVariable("verdict", 1));
        Assert.NotNull(HookTest.SendDatagram());
        loaded.AttachAll(new HookTargets { InterfaceIndex = Loopback });
        Assert.Null(HookTest.SendDatagram());
        loaded.Detach();
        Assert.NotNull(HookTest.SendDatagram());
    });

    [Fact]
    public void XDP_is_attached_by_netlink() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-xdp");
        using (NetlinkXdp.Attach(loaded.Programs["see"], Loopback, XdpMode.Generic))
        {
            HookTest.SendDatagram();
            Assert.NotEqual(0UL, loaded.Hits());
            BpfException refusal = Assert.Throws<BpfException>(() => NetlinkXdp.Attach(loaded.Programs["see"], Loopback, XdpMode.Generic));
            Assert.Equal(Errno.Busy, refusal.Error);
        }
        ulong hits = loaded.Hits();
        HookTest.SendDatagram();
        Assert.Equal(hits, loaded.Hits());
    });

    [Fact]
    public void XDP_takes_packets_in_several_pieces()
    {
        HookGate.Require("xdp.frags");
        Fires("hook-xdp-frags");
    }

    [Fact]
    public void A_program_of_a_device_map_sees_what_is_sent_there()
    {
        using var pair = new DevicePair();
        pair.OnTheLeft(index =>
        {
            using LoadedObject loaded = HookTest.Load("hook-devmap"), other = HookTest.Load("hook-xdp");
            // A veth takes frames from XDP when its other end has a program as well.
            KernelLink? open = null;
            pair.OnTheRight(there => open = XdpLink.Attach(other.Programs["see"], there, XdpMode.Native));
            using KernelLink received = open!;
            loaded.Maps["devices"].UpdateEntry(0, (uint)index, loaded.Programs["see"]);
            using (XdpLink.Attach(loaded.Programs["send"], index, XdpMode.Native))
            {
                pair.BroadcastFromTheRight(3);
                WaitFor(() => loaded.Hits() >= 3);
            }
        });
    }

    [Fact]
    public void A_program_of_a_processor_map_sees_what_is_sent_there()
    {
        using var pair = new DevicePair();
        pair.OnTheLeft(index =>
        {
            using LoadedObject loaded = HookTest.Load("hook-cpumap");
            loaded.Maps["processors"].UpdateEntry(0, 64, loaded.Programs["see"]);
            using (XdpLink.Attach(loaded.Programs["send"], index, XdpMode.Native))
            {
                pair.BroadcastFromTheRight(3);
                WaitFor(() => loaded.Hits() >= 3);
            }
        });
    }

    [Fact]
    public void A_filter_of_clsact_sees_both_directions() => HookTest.InNamespace(() =>
    {
        foreach (bool isEgress in (bool[])[false, true])
        {
            using LoadedObject loaded = HookTest.Load("hook-tc");
            loaded.AttachAll(new HookTargets { InterfaceIndex = Loopback, IsEgress = isEgress });
            Assert.True(Assert.Single(loaded.Links).IsJournalled);
            loaded.FiresOnlyWhileAttached(() => HookTest.SendDatagram());
        }
        Assert.DoesNotContain("clsact", RunningProgram.RunShell("tc qdisc show dev lo").Output, StringComparison.Ordinal);
    });

    [Fact]
    public void Two_filters_share_a_discipline_that_goes_with_the_second() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-tc");
        KernelLink first = ClsactFilter.Attach(loaded.Programs["see"], Loopback, isEgress: false);
        using (ClsactFilter.Attach(loaded.Programs["see"], Loopback, isEgress: false))
        {
            first.Dispose();
            HookTest.SendDatagram();
            Assert.NotEqual(0UL, loaded.Hits());
        }
        ulong hits = loaded.Hits();
        HookTest.SendDatagram();
        Assert.Equal(hits, loaded.Hits());
    });

    [Fact]
    public void An_action_drops()
    {
        HookGate.Require("action");
        HookTest.InNamespace(() =>
        {
            using LoadedObject loaded = HookTest.Load("hook-tc-action");
            Assert.NotNull(HookTest.SendDatagram());
            loaded.AttachAll(new HookTargets { InterfaceIndex = Loopback });
            Assert.Null(HookTest.SendDatagram());
            loaded.Detach();
            Assert.NotNull(HookTest.SendDatagram());
        });
    }

    [Fact]
    public void Tcx_sees_both_directions()
    {
        HookGate.Require("tcx/ingress");
        HookTest.InNamespace(() =>
        {
            foreach (string program in (string[])["see_ingress", "see_egress"])
            {
                using LoadedObject loaded = HookTest.Load("hook-tcx");
                using (TcxLink.Attach(loaded.Programs[program], loaded.Programs[program].ExpectedAttachType!.Value, Loopback, ChainOrder.First))
                    HookTest.SendDatagram();
                ulong hits = loaded.Hits();
                Assert.NotEqual(0UL, hits);
                HookTest.SendDatagram();
                Assert.Equal(hits, loaded.Hits());
            }
        });
    }

    [Fact]
    public void Netkit_sees_both_ends()
    {
        HookGate.Require("netkit/primary");
        HookTest.InNamespace(() =>
        {
            NetkitPair.Create("one", "two");
            int index = NetworkInterface.TryFind("one")!.Index;
            using LoadedObject loaded = HookTest.Load("hook-netkit");
            foreach ((string program, AttachType attachType, string address) in ((string, AttachType, string)[])
                [("see_primary", AttachType.NetkitPrimary, NetkitPair.PrimaryAddress), ("see_peer", AttachType.NetkitPeer, NetkitPair.PeerAddress)])
            {
                ulong before = loaded.Hits();
                using (TcxLink.Attach(loaded.Programs[program], attachType, index))
                {
                    DevicePair.Broadcast(address, 3);
                    WaitFor(() => loaded.Hits() >= before + 3);
                }
                ulong after = loaded.Hits();
                DevicePair.Broadcast(address, 3);
                Assert.Equal(after, loaded.Hits());
            }
        });
    }

    [Fact]
    public void Netfilter_sees_packets()
    {
        HookGate.Require("netfilter");
        Fires("hook-netfilter");
    }

    [Fact]
    public void A_route_runs_programs() => HookTest.InNamespace(() =>
    {
        foreach (string hook in (string[])["see_out", "see_xmit"])
        {
            using LoadedObject loaded = HookTest.Load("hook-lwt");
            using (LwtRoute.Attach(IPNetwork.Parse("198.51.100.0/24"), Loopback, loaded.Programs[hook]))
                Send();
            ulong hits = loaded.Hits();
            Assert.True(hits > 0, hook);
            Send();
            Assert.Equal(hits, loaded.Hits());
        }

        static void Send()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SendTo([1], new IPEndPoint(IPAddress.Parse("198.51.100.7"), 9));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.NetworkUnreachable)
            {
                // Without the route there is no way there.
            }
        }
    });

    [Fact]
    public void A_route_runs_a_program_for_what_comes_in()
    {
        using var pair = new DevicePair();
        pair.MustOnTheLeft("echo 1 > /proc/sys/net/ipv4/ip_forward");
        pair.MustOnTheRight($"ip route add 198.51.100.0/24 via {DevicePair.LeftAddress}");
        pair.OnTheLeft(index =>
        {
            using LoadedObject loaded = HookTest.Load("hook-lwt");
            using (LwtRoute.Attach(IPNetwork.Parse("198.51.100.0/24"), index, loaded.Programs["see_in"]))
                Assert.True(SpinWait.SpinUntil(() => { pair.SendFromTheRight("198.51.100.7"); return loaded.Hits() > 0; }, TimeSpan.FromSeconds(10)), "it did not fire");
        });
    }

    [Fact]
    public void A_route_that_is_there_is_not_taken_over() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-lwt");
        using KernelLink first = LwtRoute.Attach(IPNetwork.Parse("198.51.100.0/24"), Loopback, loaded.Programs["see_out"]);
        BpfException refusal = Assert.Throws<BpfException>(() => LwtRoute.Attach(IPNetwork.Parse("198.51.100.0/24"), Loopback, loaded.Programs["see_xmit"]));
        Assert.Equal(Errno.Exists, refusal.Error);
    });

    private static void Fires(string name) => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load(name);
        loaded.AttachAll(new HookTargets { InterfaceIndex = Loopback });
        loaded.FiresOnlyWhileAttached(() => HookTest.SendDatagram());
    });

    private static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10)), "it did not fire");
}
