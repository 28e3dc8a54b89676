using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A packet socket (packet(7)) with a ring that the kernel puts packets into, which are read in place.</summary>
public sealed unsafe class PacketSocket : IDisposable
{
    private readonly PacketRing ring;
    private readonly NetworkInterface? networkInterface;
    private readonly ulong droppedBefore;
    private ulong received, dropped;

    private PacketSocket(Descriptor descriptor, PacketRing ring, NetworkInterface? networkInterface)
    {
        Descriptor = descriptor;
        this.ring = ring;
        this.networkInterface = networkInterface;
        droppedBefore = DroppedByInterface();
    }

    /// <summary>Readable when a block of packets is there, or something happened to the interface.</summary>
    internal Descriptor Descriptor { get; }

    /// <summary>Opens a socket and begins to capture.</summary>
    /// <exception cref="ArgumentException">All interfaces are to be captured without a cooked header.</exception>
    /// <exception cref="BpfException">There is no such interface, it is down, or this process may not capture.</exception>
    public static PacketSocket Open(PacketSocketOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.InterfaceName is null && options.CookedHeader == CookedHeader.None)
            throw new ArgumentException("packets of all interfaces need a cooked header", nameof(options));
        string doing = $"capture on {options.InterfaceName ?? "all interfaces"}";
        Descriptor socket = CreateSocket(options, doing);
        PacketRing? ring = null;
        try
        {
            NetworkInterface? networkInterface = options.InterfaceName is { } name ? NetworkInterface.Find(name, doing) : null;
            ring = CreateRing(socket, options, networkInterface, doing);
            Configure(socket, options, networkInterface, doing);
            return new PacketSocket(socket, ring, networkInterface);
        }
        catch
        {
            ring?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next packet that is there, without waiting. Not while another thread disposes of the socket.</summary>
    /// <exception cref="ObjectDisposedException">The socket was disposed of, and its packets with it.</exception>
    public bool TryRead(out ReceivedPacket packet) => ring.TryRead(out packet);

    /// <summary>What is wrong with the interface since the last call: <see cref="Errno.None"/>, or <c>ENETDOWN</c>.</summary>
    public Errno TakeError() => ErrorOf(Descriptor);

    /// <summary>Whether the interface is still there.</summary>
    public bool InterfaceExists => networkInterface is null || NetworkInterface.TryFind(networkInterface.Name)?.Index == networkInterface.Index;

    /// <summary>That the interface is gone, as an error to throw.</summary>
    public BpfException Gone(Errno error) => new($"capture any further on {networkInterface?.Name}: the interface is gone", "recv", error);

    /// <summary>What the kernel counted until now.</summary>
    public PacketCounts ReadCounts()
    {
        // Reading resets the kernel's counters.
        PacketRingStatistics statistics = default;
        uint length = (uint)sizeof(PacketRingStatistics);
        using DescriptorUse use = Descriptor.Use();
        if (Libc.GetSocketOption(use.Number, SocketConstants.LevelPacket, SocketConstants.PacketStatistics, &statistics, &length) == 0)
        {
            received += statistics.Packets;
            dropped += statistics.Drops;
        }
        return new PacketCounts(received, dropped, DroppedByInterface() - droppedBefore);
    }

    public void Dispose()
    {
        ring.Dispose();
        Descriptor.Dispose();
    }

    private ulong DroppedByInterface() => networkInterface is null ? 0 : NetworkInterface.TryFind(networkInterface.Name)?.MissedPackets ?? droppedBefore;

    // With protocol 0 it receives nothing until it is bound; so no packet comes in before the filter is there.
    private static Descriptor CreateSocket(PacketSocketOptions options, string doing)
    {
        int type = options.CookedHeader == CookedHeader.None ? SocketConstants.TypeRaw : SocketConstants.TypeDatagram;
        int number = Libc.Socket(SocketConstants.FamilyPacket, type | SocketConstants.CloseOnExec, 0);
        return number >= 0 ? new Descriptor(number) : throw BpfException.ForPrivileged(doing, "socket", Libc.LastError, Capability.NetRaw);
    }

    private static PacketRing CreateRing(Descriptor socket, PacketSocketOptions options, NetworkInterface? networkInterface, string doing)
    {
        SetOption(socket, SocketConstants.PacketVersion, SocketConstants.PacketVersion3, doing, "PACKET_VERSION");
        PacketRingRequest shape = PacketRingShape.For(options);
        using (DescriptorUse use = socket.Use())
        {
            if (Libc.SetSocketOption(use.Number, SocketConstants.LevelPacket, SocketConstants.PacketReceiveRing, &shape, (uint)sizeof(PacketRingRequest)) < 0)
            {
                Errno error = Libc.LastError;
                throw new BpfException(doing, "PACKET_RX_RING", error, error == Errno.NoMemory ? "ask for a smaller buffer" : null);
            }
        }
        MappedMemory memory = MappedMemory.TryMap(socket, (nuint)shape.BlockSize * shape.BlockCount, 0, writable: true, out Errno mapError)
            ?? throw new BpfException(doing, "mmap", mapError);
        bool isEthernet = networkInterface?.HardwareType is HardwareType.Ethernet or HardwareType.Loopback;
        return new PacketRing(memory, shape, options.CookedHeader, isEthernet);
    }

    private static void Configure(Descriptor socket, PacketSocketOptions options, NetworkInterface? networkInterface, string doing)
    {
        if (options.Filter is { } filter)
            SocketFilter.Attach(socket, filter);
        // Since 4.20; without it the reader leaves them out.
        if (options.IgnoresOutgoing)
            TrySetOption(socket, SocketConstants.PacketIgnoreOutgoing, 1);
        if (options.IsPromiscuous && networkInterface is not null)
            BecomePromiscuous(socket, networkInterface, doing);
        Bind(socket, networkInterface?.Index ?? 0, doing);
        Errno error = ErrorOf(socket);
        if (error != Errno.None)
            throw new BpfException(doing, "bind", error, error == Errno.NetworkDown ? $"the interface is not up: 'ip link set {options.InterfaceName} up'" : null);
    }

    private static void BecomePromiscuous(Descriptor socket, NetworkInterface networkInterface, string doing)
    {
        var membership = new PacketMembership { InterfaceIndex = networkInterface.Index, Type = SocketConstants.MembershipPromiscuous };
        using DescriptorUse use = socket.Use();
        if (Libc.SetSocketOption(use.Number, SocketConstants.LevelPacket, SocketConstants.PacketAddMembership, &membership, (uint)sizeof(PacketMembership)) < 0)
            throw new BpfException(doing, "PACKET_ADD_MEMBERSHIP", Libc.LastError, "-p captures without promiscuous mode");
    }

    private static void Bind(Descriptor socket, int index, string doing)
    {
        var address = new PacketAddress
        {
            Family = SocketConstants.FamilyPacket,
            Protocol = (ushort)System.Net.IPAddress.HostToNetworkOrder((short)SocketConstants.ProtocolAll),
            InterfaceIndex = index,
        };
        using DescriptorUse use = socket.Use();
        if (Libc.Bind(use.Number, &address, (uint)sizeof(PacketAddress)) < 0)
            throw new BpfException(doing, "bind", Libc.LastError);
    }

    private static Errno ErrorOf(Descriptor socket)
    {
        int error = 0;
        uint length = sizeof(int);
        using DescriptorUse use = socket.Use();
        _ = Libc.GetSocketOption(use.Number, SocketConstants.LevelSocket, SocketConstants.Error, &error, &length);
        return new Errno(error);
    }

    private static void SetOption(Descriptor socket, int option, int value, string doing, string name)
    {
        if (!TrySetOption(socket, option, value))
            throw new BpfException(doing, name, Libc.LastError);
    }

    private static bool TrySetOption(Descriptor socket, int option, int value)
    {
        using DescriptorUse use = socket.Use();
        return Libc.SetSocketOption(use.Number, SocketConstants.LevelPacket, option, &value, sizeof(int)) == 0;
    }
}
