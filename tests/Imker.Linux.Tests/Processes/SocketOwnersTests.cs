using System.Net;
using System.Net.Sockets;

namespace Imker.Linux.Tests.Processes;

public sealed class SocketOwnersTests
{
    private const byte Tcp = 6, Udp = 17;

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
        var key = new SocketKey(Tcp, local.Address, (ushort)local.Port, remote.Address, (ushort)remote.Port);
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
        var key = new SocketKey(Udp, IPAddress.Loopback, (ushort)port, IPAddress.Parse("10.9.8.7"), 53);
        Assert.Equal(Environment.ProcessId, new SocketOwners().TryFind(key)?.ProcessId);
        Assert.Null(new SocketOwners().TryFind(key with { Protocol = Tcp }));
    }

    [Fact]
    public void Lines_that_are_none_are_passed_over()
    {
        var table = new SocketTable();
        table.Add(Tcp, "header\n   0: 0100007F:0016 0200007F:1234 01 0:0 0:0 0 0 0 77 1\n1: zz:1 2:3 4\n\n2: 0100007F:0017 00000000:0000 0A 0:0 0:0 0 0 0 x 1");
        Assert.True(table.TryFind(new SocketKey(Tcp, IPAddress.Parse("127.0.0.1"), 22, IPAddress.Parse("127.0.0.2"), 0x1234), out ulong inode));
        Assert.Equal(77ul, inode);
        Assert.False(table.TryFind(new SocketKey(Tcp, IPAddress.Loopback, 23, IPAddress.Loopback, 1), out _));
    }
}
