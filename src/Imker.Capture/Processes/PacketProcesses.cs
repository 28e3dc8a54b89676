using Imker.Filter.Protocols;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Finds the process behind each packet: by what the kernel keeps of sockets from now on, and by the open sockets where one is older.</summary>
internal sealed class PacketProcesses : IDisposable
{
    // Packets within packets: more than that are an attack.
    private const int MostLayers = 8, MostFragments = 1_000;

    private readonly SocketOwners open = new();
    private readonly SocketWatch? watch;
    private readonly int loopbackIndex;
    private readonly long bootToWall = Clocks.BootToWallNanoseconds();
    private readonly FlowOwners senders = new(), holders = new();
    private readonly Dictionary<PacketFlow, SocketOwner> fragments = [];

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
        PacketEnds ends = packet.InterfaceIndex == loopbackIndex ? PacketEnds.Both
            : packet.Direction == PacketDirection.Outgoing ? PacketEnds.Sender
            : PacketEnds.Receiver;
        return Find(new PacketLayers(packet), ends, packet.Timestamp - bootToWall, MostLayers);
    }

    public void Dispose() => watch?.Dispose();

    // Whoever sent the packet itself; else who sent or holds what it carries: a tunnel is the kernel's. Else who holds an end of it.
    private SocketOwner? Find(PacketLayers layers, PacketEnds ends, long time, int most)
    {
        if (most == 0 || !layers.MoveNext())
            return null;
        SocketOwner? owner = FindSender(layers, ends) ?? Find(layers, ends, time, most - 1) ?? FindHolder(layers, ends, time);
        if (layers.IsFragment && owner is not null && layers.Flow != layers.Fragment)
            Remember(layers.Fragment, owner);
        return owner;
    }

    private SocketOwner? FindSender(in PacketLayers layers, PacketEnds ends)
    {
        SocketOwner? owner = layers.IsQuoted ? FindSender(layers.Flow) : FindEitherSender(layers.Flow, ends);
        return owner is null && layers.IsFragment ? FindSender(layers.Fragment) ?? fragments.GetValueOrDefault(layers.Fragment) : owner;
    }

    // The far end may be in another namespace of this machine; so both are looked for, whichever way the packet goes.
    private SocketOwner? FindEitherSender(in PacketFlow flow, PacketEnds ends)
    {
        if (flow.Kind == FlowKind.Encrypted)
            return FindSender(flow);
        return senders.TryGet(flow, ends, out SocketOwner? known) ? known : senders.Keep(flow, ends, FindSender(flow) ?? FindSender(flow.Reversed));
    }

    private SocketOwner? FindSender(in PacketFlow flow)
    {
        bool listens = false;
        SocketOwner? sender = watch?.FindSender(flow, out listens);
        // Another process may hold the connection.
        return listens ? open.TryFind(SocketOf(flow)) ?? sender : sender;
    }

    private SocketOwner? FindHolder(in PacketLayers layers, PacketEnds ends, long time)
    {
        PacketFlow flow = layers.Flow;
        if (layers.IsQuoted)
            ends = PacketEnds.Sender;
        if (holders.TryGet(flow, ends, out SocketOwner? known))
            return known;
        SocketOwner? owner = ends switch
        {
            PacketEnds.Both => FindHolder(flow, time, sends: true) ?? FindHolder(flow.Reversed, time, sends: false),
            PacketEnds.Sender => FindHolder(flow, time, sends: true),
            _ => FindHolder(flow.Reversed, time, sends: false),
        };
        return holders.Keep(flow, ends, owner);
    }

    // Of the source.
    private SocketOwner? FindHolder(in PacketFlow flow, long time, bool sends) => flow.Kind switch
    {
        FlowKind.Ports => watch?.FindBound(flow.Protocol, flow.SourcePort, time) ?? open.TryFind(SocketOf(flow)),
        // The kernel answers, and asks nobody itself.
        FlowKind.Echo when !flow.IsAnswer => open.TryFind(SocketOf(flow)) ?? FindRaw(flow, time),
        FlowKind.Addresses or FlowKind.Encrypted when !sends || flow.Protocol != IpProtocol.Igmp => FindRaw(flow, time),
        _ => null,
    };

    private SocketOwner? FindRaw(in PacketFlow flow, long time) =>
        watch?.FindRaw(flow.Protocol, time) ?? open.TryFind(new SocketKey(flow.Protocol, flow.Source, 0, flow.Destination, 0) { IsRaw = true });

    private static SocketKey SocketOf(in PacketFlow flow) => flow.Kind == FlowKind.Echo
        ? new SocketKey(flow.Protocol, flow.Source, flow.EchoId, flow.Destination, 0)
        : new SocketKey(flow.Protocol, flow.Source, flow.SourcePort, flow.Destination, flow.DestinationPort);

    private void Remember(in PacketFlow fragment, SocketOwner owner)
    {
        if (fragments.Count >= MostFragments)
            fragments.Clear();
        fragments[fragment] = owner;
    }
}
