using System.Net;
using System.Net.Sockets;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class SocketHookTests
{
    private const int ReusePortOption = 15, SocketLevel = 1;

    public SocketHookTests() => Machine.RequireRoot();

    [Fact]
    public void A_socket_filter_cuts_what_is_received()
    {
        using LoadedObject loaded = ObjectLoader.Load(HookTest.Read("hook-socket").WithVariable("kept", 2));
        using var sockets = new FilteredSockets();
        sockets.Attach(loaded.Programs["cut"]);
        Assert.Equal((2, 1UL), (sockets.Pass([1, 2, 3, 4]), loaded.Hits()));
        sockets.Detach();
        Assert.Equal((4, 1UL), (sockets.Pass([1, 2, 3, 4]), loaded.Hits()));
    }

    [Fact]
    public void Sockets_in_a_map_pass_a_parser_and_a_verdict()
    {
        HookGate.Require("sk_skb/stream_parser");
        HookTest.InNamespace(() => PassesSocketsOfMap("hook-sk-skb"));
    }

    [Fact]
    public void Sockets_in_a_map_pass_a_verdict_alone()
    {
        HookGate.Require("sk_skb/verdict");
        HookTest.InNamespace(() => PassesSocketsOfMap("hook-sk-skb-verdict"));
    }

    [Fact]
    public void What_sockets_in_a_map_send_passes_a_verdict() => HookTest.InNamespace(() => PassesSocketsOfMap("hook-sk-msg"));

    [Fact]
    public void Socket_lookup_is_asked() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-sk-lookup");
        loaded.AttachAll(new HookTargets());
        loaded.FiresOnlyWhileAttached(() => HookTest.SendDatagram());
    });

    [Fact]
    public void A_program_chooses_among_sockets() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-sk-reuseport");
        using Socket first = Shared(0), second = Shared(((IPEndPoint)first.LocalEndPoint!).Port);
        loaded.Maps["sockets"].Update(BitConverter.GetBytes(0), first.SafeHandle);
        loaded.Maps["sockets"].Update(BitConverter.GetBytes(1), second.SafeHandle);
        SocketFilter.AttachReuseportProgram(first.SafeHandle, loaded.Programs["choose"]);
        for (int i = 0; i < 20; i++)
            SendTo(first);
        Assert.Equal((0, 20UL), (first.Available, loaded.Hits()));
    });

    [Fact]
    public void The_kernel_chooses_again_when_the_program_of_a_port_is_detached()
    {
        KernelGate.Require("reuseport_detach");
        HookTest.InNamespace(ChooseAfterDetaching);
    }

    private static void ChooseAfterDetaching()
    {
        using LoadedObject loaded = HookTest.Load("hook-sk-reuseport");
        using Socket first = Shared(0), second = Shared(((IPEndPoint)first.LocalEndPoint!).Port);
        SocketFilter.AttachReuseportProgram(first.SafeHandle, loaded.Programs["choose"]);
        SendTo(first);
        Assert.Equal(1UL, loaded.Hits());
        SocketFilter.DetachReuseportProgram(first.SafeHandle);
        for (int i = 0; i < 64; i++)
            SendTo(first);
        Assert.NotEqual(0, first.Available);
        Assert.Equal(1UL, loaded.Hits());
    }

    [Fact]
    public void A_program_chooses_where_connections_move()
    {
        HookGate.Require("sk_reuseport/migrate");
        HookTest.InNamespace(() =>
        {
            using LoadedObject loaded = HookTest.Load("hook-sk-reuseport-migrate");
            using Socket first = Shared(0, SocketType.Stream);
            var place = (IPEndPoint)first.LocalEndPoint!;
            first.Listen();
            SocketFilter.AttachReuseportProgram(first.SafeHandle, loaded.Programs["choose"]);
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(place);
            using Socket second = Shared(place.Port, SocketType.Stream);
            second.Listen();
            loaded.Maps["sockets"].Update(BitConverter.GetBytes(1), second.SafeHandle);
            // The connection that the first has not accepted moves to the second.
            first.Dispose();
            using Socket accepted = second.Accept();
            client.Send([7]);
            byte[] received = new byte[1];
            Assert.Equal((1, 7), (accepted.Receive(received), received[0]));
            Assert.NotEqual(0UL, loaded.ReadVariable<ulong>("moved"));
        });
    }

    [Fact]
    public void A_flow_dissector_is_asked() => HookTest.InNamespace(() =>
    {
        using LoadedObject loaded = HookTest.Load("hook-flow-dissector");
        loaded.AttachAll(new HookTargets());
        // A tunnel device hashes its packets by their flows to choose a queue.
        loaded.FiresOnlyWhileAttached(FanOut);
    });

    private static void FanOut()
    {
        const int levelPacket = 263, fanout = 18, all = 0x0300;
        using var socket = new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)all);
        // Group 1, mode 0: by the hash of the flow.
        socket.SetRawSocketOption(levelPacket, fanout, BitConverter.GetBytes(Random.Shared.Next(1, 0xffff)));
        HookTest.SendDatagram();
    }

    private static void PassesSocketsOfMap(string name)
    {
        using LoadedObject loaded = HookTest.Load(name);
        loaded.AttachAll(new HookTargets());
        KernelMap map = loaded.Maps["sockets"];
        (Socket client, Socket server) = HookTest.Connect();
        using (client)
        using (server)
        {
            map.Update(BitConverter.GetBytes(0), client.SafeHandle);
            Exchange(client, server);
            Assert.True(SpinWait.SpinUntil(() => loaded.Hits() > 0, TimeSpan.FromSeconds(10)), "it did not fire");
            map.TryDelete(BitConverter.GetBytes(0));
            loaded.Detach();
        }
        ulong hits = loaded.Hits();
        (client, server) = HookTest.Connect();
        using (client)
        using (server)
        {
            map.Update(BitConverter.GetBytes(0), client.SafeHandle);
            Exchange(client, server);
        }
        Assert.Equal(hits, loaded.Hits());
    }

    private static void Exchange(Socket client, Socket server)
    {
        byte[] buffer = new byte[16];
        client.Send([1, 2, 3]);
        Assert.Equal(3, server.Receive(buffer));
        server.Send([4, 5]);
        Assert.Equal(2, client.Receive(buffer));
    }

    private static Socket Shared(int port, SocketType type = SocketType.Dgram)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        socket.SetRawSocketOption(SocketLevel, ReusePortOption, BitConverter.GetBytes(1));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static void SendTo(Socket receiver)
    {
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo([1], receiver.LocalEndPoint!);
    }
}
