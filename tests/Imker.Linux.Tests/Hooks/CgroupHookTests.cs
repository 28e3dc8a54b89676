using System.Net;
using System.Net.Sockets;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class CgroupHookTests : IDisposable
{
    private readonly CgroupMembership cgroup = new();

    public void Dispose() => cgroup.Dispose();

    [Fact]
    public void Packets_of_a_cgroup_are_seen() => Fires("hook-cgroup-skb", () => HookTest.SendDatagram());

    [Fact]
    public void Sockets_of_a_cgroup_are_seen() => Fires("hook-cgroup-sock", () =>
    {
        HookTest.SendDatagram();
        HookTest.SendDatagram(family: AddressFamily.InterNetworkV6);
    });

    [Fact]
    public void Addresses_of_a_cgroup_are_seen()
    {
        foreach (string hook in (string[])["bind", "connect", "getpeername", "getsockname", "sendmsg", "recvmsg"])
        {
            FiresAlone("hook-cgroup-address", $"see_{hook}4", () => UseAddresses(AddressFamily.InterNetwork, IPAddress.Loopback));
            FiresAlone("hook-cgroup-address", $"see_{hook}6", () => UseAddresses(AddressFamily.InterNetworkV6, IPAddress.IPv6Loopback));
        }
    }

    [Fact]
    public void Unix_sockets_of_a_cgroup_are_seen()
    {
        HookGate.Require("cgroup/connect_unix");
        foreach (string hook in (string[])["connect", "getpeername", "getsockname", "sendmsg", "recvmsg"])
            FiresAlone("hook-cgroup-unix", $"see_{hook}_unix", UseUnixSockets);
    }

    [Fact]
    public void A_program_answers_for_a_socket_option()
    {
        const int level = 0x1234;
        using LoadedObject loaded = HookTest.Load("hook-cgroup-sockopt");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        loaded.AttachAll(new HookTargets { Cgroup = cgroup.Directory });
        byte[] value = new byte[4];
        Assert.Equal(4, socket.GetRawSocketOption(level, 1, value));
        Assert.Equal(42, BitConverter.ToInt32(value));
        socket.SetRawSocketOption(level, 1, value);
        Assert.Equal(2UL, loaded.Hits());
        loaded.Detach();
        Assert.Throws<SocketException>(() => socket.GetRawSocketOption(level, 1, value));
    }

    [Fact]
    public void Kernel_parameters_are_seen() => Fires("hook-cgroup-sysctl", () => File.ReadAllText("/proc/sys/kernel/ostype"));

    [Fact]
    public void A_cgroup_may_not_open_a_device()
    {
        using LoadedObject loaded = HookTest.Load("hook-cgroup-device");
        File.OpenRead("/dev/full").Dispose();
        loaded.AttachAll(new HookTargets { Cgroup = cgroup.Directory });
        Assert.Throws<UnauthorizedAccessException>(() => File.OpenRead("/dev/full"));
        Assert.NotEqual(0UL, loaded.Hits());
        loaded.Detach();
        File.OpenRead("/dev/full").Dispose();
    }

    [Fact]
    public void Connections_of_a_cgroup_are_seen() => Fires("hook-sockops", () =>
    {
        (Socket client, Socket server) = HookTest.Connect();
        client.Dispose();
        server.Dispose();
    });

    [Fact]
    public void A_security_program_of_a_cgroup_refuses()
    {
        HookGate.Require("lsm_cgroup");
        using LoadedObject loaded = HookTest.Load("hook-lsm-cgroup");
        loaded.AttachAll(new HookTargets { Cgroup = cgroup.Directory });
        Assert.Throws<SocketException>(() => HookTest.SendDatagram());
        Assert.NotEqual(0UL, loaded.Hits());
        loaded.Detach();
        Assert.NotNull(HookTest.SendDatagram());
    }

    [Fact]
    public void A_directory_that_is_no_cgroup_is_named()
    {
        using LoadedObject loaded = HookTest.Load("hook-cgroup-sysctl");
        BpfException refusal = Assert.Throws<BpfException>(() => CgroupLink.Attach(loaded.Programs["see"], Bytecode.AttachType.CgroupSysctl, "/tmp"));
        Assert.Contains("that is no cgroup of the unified hierarchy", refusal.Message, StringComparison.Ordinal);
    }

    private void Fires(string name, Action effect)
    {
        using LoadedObject loaded = HookTest.Load(name);
        foreach (string program in loaded.Programs.Keys)
            FiresAlone(name, program, effect);
    }

    private void FiresAlone(string name, string program, Action effect)
    {
        using LoadedObject loaded = HookTest.Load(name);
        KernelProgram only = loaded.Programs[program];
        using (CgroupLink.Attach(only, only.ExpectedAttachType!.Value, cgroup.Directory))
            effect();
        ulong hits = loaded.Hits();
        Assert.True(hits > 0, $"{program} did not run");
        effect();
        Assert.Equal(hits, loaded.Hits());
    }

    private static void UseAddresses(AddressFamily family, IPAddress loopback)
    {
        using var receiver = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(loopback, 0));
        var bound = (IPEndPoint)receiver.LocalEndPoint!;
        using var sender = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo([1], bound);
        EndPoint from = new IPEndPoint(loopback, 0);
        receiver.ReceiveFrom(new byte[8], ref from);
        sender.Connect(bound);
        SocketNames.AskPeer(sender.SafeHandle);
    }

    private static void UseUnixSockets()
    {
        string directory = Directory.CreateTempSubdirectory("imker").FullName;
        var place = new UnixDomainSocketEndPoint($"{directory}/s");
        using (var receiver = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        using (var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        using (var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            receiver.Bind(place);
            sender.SendTo([1], place);
            EndPoint from = place;
            receiver.ReceiveFrom(new byte[8], ref from);
            var stream = new UnixDomainSocketEndPoint($"{directory}/t");
            listener.Bind(stream);
            listener.Listen();
            client.Connect(stream);
            SocketNames.AskPeer(client.SafeHandle);
            SocketNames.AskOwn(listener.SafeHandle);
        }
        Directory.Delete(directory, recursive: true);
    }
}
