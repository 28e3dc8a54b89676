using System.Net;
using System.Net.Sockets;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Drops the datagrams to a port of the loopback interface, and counts them.</summary>
internal static class BlockPort
{
    private const int Port = 47_443;

    public static int Run()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "block.bpf.o");
        BpfObject block = BpfObjectReader.Read(File.ReadAllBytes(path), path);

        using LoadedObject loaded = ObjectLoader.Load(block.WithVariable("port", Port));
        // Sections that name no place are attached to this one.
        foreach (AttachFailure failure in loaded.Attach(new HookTargets { InterfaceIndex = NetworkInterface.Find("lo").Index }))
            throw failure.Reason;
        Send();
        ulong dropped = loaded.ReadVariable<ulong>("dropped");

        Console.WriteLine($"{dropped} datagram was dropped");
        return 0;
    }

    private static void Send()
    {
        using var sender = new UdpClient();
        sender.Send([1, 2, 3], new IPEndPoint(IPAddress.Loopback, Port));
    }
}
