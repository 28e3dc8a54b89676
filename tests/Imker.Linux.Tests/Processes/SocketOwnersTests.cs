using System.Net;
using System.Net.Sockets;
using Imker.TestKit;

namespace Imker.Linux.Tests.Processes;

public sealed class SocketOwnersTests
{
    private const byte Tcp = 6, Udp = 17, Sctp = 132;

    [Fact]
    public void Both_ends_of_a_connection_of_this_process_are_found()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using TcpClient server = listener.AcceptTcpClient();
        var local = (IPEndPoint)client.Client.LocalEndPoint!;
        var remote = (IPEndPoint)client.Client.RemoteEndPoint!;
        var key = new SocketKey(Tcp, InternetAddress.Of(local.Address), (ushort)local.Port, InternetAddress.Of(remote.Address), (ushort)remote.Port);
        var owners = new SocketOwners();
        Assert.Equal(Environment.ProcessId, owners.TryFind(key)?.ProcessId);
        Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd(), owners.TryFind(key.Reversed)?.Name);
        Assert.StartsWith("/", owners.TryFind(key)!.Cgroup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_takes_from_anybody_is_found_by_its_port()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.IPv6Any, 0));
        int port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        var key = new SocketKey(Udp, InternetAddress.Of(IPAddress.Loopback), (ushort)port, AddressOf("10.9.8.7"), 53);
        Assert.Equal(Environment.ProcessId, new SocketOwners().TryFind(key)?.ProcessId);
        Assert.Null(new SocketOwners().TryFind(key with { Protocol = Tcp }));
    }

    [Fact]
    public void Lines_that_are_none_are_passed_over()
    {
        var table = new SocketTable();
        table.Add(Tcp, "header\n   0: 0100007F:0016 0200007F:1234 01 0:0 0:0 0 0 0 77 1\n1: zz:1 2:3 4\n\n2: 0100007F:0017 00000000:0000 0A 0:0 0:0 0 0 0 x 1");
        Assert.True(table.TryFind(new SocketKey(Tcp, AddressOf("127.0.0.1"), 22, AddressOf("127.0.0.2"), 0x1234), out ulong inode));
        Assert.Equal(77ul, inode);
        Assert.False(table.TryFind(new SocketKey(Tcp, AddressOf("127.0.0.1"), 23, AddressOf("127.0.0.1"), 1), out _));
    }

    [Fact]
    public void A_socket_for_all_packets_of_a_protocol_and_one_for_echoes_are_found()
    {
        Machine.RequireRoot();
        using var raw = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        var key = new SocketKey((byte)ProtocolType.Icmp, AddressOf("10.0.0.1"), 0, AddressOf("10.0.0.2"), 0);
        Assert.Equal(Environment.ProcessId, new SocketOwners().TryFind(key with { IsRaw = true })?.ProcessId);
        Assert.Null(new SocketOwners().TryFind(key));
        var table = new SocketTable();
        table.AddUnconnected(1, "header\n   0: 00000000:002A 0100007F:0401 01 0:0 0:0 0 0 0 78 1");
        Assert.True(table.TryFind(new SocketKey(1, 1, 42, 2, 0), out ulong inode));
        Assert.Equal(78ul, inode);
    }

    [Fact]
    public void Sockets_of_SCTP_are_found_by_their_associations_and_their_ports()
    {
        var table = new SocketTable();
        table.AddSctp(
            " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\nffff ffff 2   10  13   9999  0 80 0.0.0.0 \n",
            " ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS HBINT INS OUTS\n"
            + "ffff ffff 2 1 3 0 1 0 0 0 81 40000 9999  *127.0.0.1 10.0.0.1 <-> *127.0.0.1 fe80::1 \t    7500    10    10\n");
        Assert.True(table.TryFind(new SocketKey(Sctp, AddressOf("127.0.0.1"), 9999, AddressOf("10.9.9.9"), 1), out ulong listener));
        Assert.Equal(80ul, listener);
        Assert.True(table.TryFind(new SocketKey(Sctp, AddressOf("10.0.0.1"), 40000, AddressOf("fe80::1"), 9999), out ulong association));
        Assert.Equal(81ul, association);
        Assert.False(table.TryFind(new SocketKey(Sctp, AddressOf("10.0.0.1"), 40000, AddressOf("0.0.29.76"), 9999), out _));
    }

    private static UInt128 AddressOf(string text) => InternetAddress.Of(IPAddress.Parse(text));
}
