using System.Net;
using System.Net.Sockets;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>Two network namespaces with a veth pair between them: device <c>left</c>, 192.0.2.1, and <c>right</c>, 192.0.2.2.</summary>
internal sealed class DevicePair : IDisposable
{
    public const string LeftAddress = "192.0.2.1", RightAddress = "192.0.2.2";

    private readonly TemporaryNetworkNamespace left = new(), right = new();

    public DevicePair()
    {
        left.Connect(right, "left", "right");
        Must(left, $"ip addr add {LeftAddress}/24 dev left");
        Must(right, $"ip addr add {RightAddress}/24 dev right");
    }

    public void OnTheLeft(Action<int> action) => NetworkNamespace.Run(left.File, () =>
    {
        action(NetworkInterface.TryFind("left")!.Index);
        return 0;
    });

    public void OnTheRight(Action<int> action) => NetworkNamespace.Run(right.File, () =>
    {
        action(NetworkInterface.TryFind("right")!.Index);
        return 0;
    });

    public void MustOnTheLeft(string script) => Must(left, script);

    public void MustOnTheRight(string script) => Must(right, script);

    /// <summary>Has packets arrive on the left that nobody has to answer for.</summary>
    public void BroadcastFromTheRight(int count) => NetworkNamespace.Run(right.File, () =>
    {
        Broadcast(RightAddress, count);
        return 0;
    });

    public void SendFromTheRight(string destination) => NetworkNamespace.Run(right.File, () =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        return socket.SendTo([1], new IPEndPoint(IPAddress.Parse(destination), 9));
    });

    /// <summary>Sends to all that are behind the device with an address.</summary>
    /// <param name="address">Of a network of 256.</param>
    public static void Broadcast(string address, int count)
    {
        var all = new IPEndPoint(IPAddress.Parse($"{address[..address.LastIndexOf('.')]}.255"), 9);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        for (int i = 0; i < count; i++)
            socket.SendTo([1], all);
    }

    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
    }

    private static void Must(TemporaryNetworkNamespace network, string script)
    {
        ProgramResult result = network.RunShell(script);
        Assert.True(result.ExitCode == 0, $"{script}: {result.Error}");
    }
}
