using Imker.Linux;

namespace Imker.Capture;

/// <summary>Finds the process behind each packet: by what the kernel keeps of sockets from now on, and by the open sockets where one is older.</summary>
internal sealed class PacketProcesses : IDisposable
{
    private readonly SocketOwners open = new();
    private readonly SocketWatch? watch;
    private readonly int loopbackIndex;
    private readonly long bootToWall = Clocks.BootToWallNanoseconds();

    private PacketProcesses(SocketWatch? watch, int loopbackIndex, string? problem)
    {
        this.watch = watch;
        this.loopbackIndex = loopbackIndex;
        Problem = problem;
    }

    /// <summary>Why the kernel keeps nothing, so that only open sockets have a name; null where it does.</summary>
    internal string? Problem { get; }

    internal static PacketProcesses Start(int loopbackIndex)
    {
        try
        {
            return new PacketProcesses(SocketWatch.Start(), loopbackIndex, null);
        }
        catch (BpfException e)
        {
            return new PacketProcesses(null, loopbackIndex, e.Message);
        }
    }

    /// <summary>The process at this machine's end of a packet, the sender's where both are here; null where there is none.</summary>
    internal SocketOwner? Find(in CapturedPacket packet)
    {
        if (!PacketFlow.TryRead(packet, out SocketKey flow))
            return null;
        long time = packet.Timestamp - bootToWall;
        if (packet.InterfaceIndex == loopbackIndex)
            return FindHere(flow, time) ?? FindHere(flow.Reversed, time);
        // The far end may be in another namespace of this machine. Its port alone says nothing here.
        return packet.Direction == PacketDirection.Outgoing
            ? FindHere(flow, time) ?? watch?.FindSender(flow.Reversed, out _)
            : FindHere(flow.Reversed, time) ?? watch?.FindSender(flow, out _);
    }

    public void Dispose() => watch?.Dispose();

    private SocketOwner? FindHere(in SocketKey socket, long time)
    {
        bool listens = false;
        SocketOwner? sender = watch?.FindSender(socket, out listens);
        return listens
            ? open.TryFind(socket) ?? sender
            : sender ?? watch?.FindBound(socket, time) ?? open.TryFind(socket);
    }
}
