using Imker.Bytecode.Classic;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Captures the packets of an interface, or of all, from a ring that the kernel writes; those that pass a filter, where it is given one.</summary>
public sealed class LiveCapture : IDisposable
{
    private const byte Outgoing = (byte)PacketDirection.Outgoing;
    private static readonly TimeSpan immediateTimeout = TimeSpan.FromMilliseconds(1);

    private readonly PacketSocket socket;
    private readonly LiveCaptureOptions options;
    private readonly ClassicMachine? filterHere;
    private readonly InterfaceNames names;
    private readonly int loopbackIndex;
    private readonly PacketProcesses? processes;

    private LiveCapture(PacketSocket socket, LiveCaptureOptions options, int linkType, ClassicMachine? filterHere, InterfaceNames names)
    {
        this.socket = socket;
        this.options = options;
        this.filterHere = filterHere;
        this.names = names;
        LinkType = linkType;
        loopbackIndex = names.LoopbackIndex;
        processes = options.FindsProcesses ? PacketProcesses.Start(loopbackIndex) : null;
    }

    /// <summary>The DLT value of the packets.</summary>
    public int LinkType { get; }

    public int SnapLength => options.SnapLength;

    /// <summary>Whether the filter runs in the kernel; else packets that it refuses come as far as this process.</summary>
    public bool FiltersInKernel => filterHere is null;

    /// <summary>
    /// Why processes are found only by sockets that are open when a packet is read; null where sockets that are made from now on
    /// are kept in mind, or no process is looked for.
    /// </summary>
    public string? ProcessProblem => processes?.Problem;

    /// <summary>The DLT values that an interface can be captured as, the usual one first.</summary>
    /// <exception cref="BpfException">There is no such interface.</exception>
    public static IReadOnlyList<int> LinkTypesOf(string interfaceName) => interfaceName == LiveCaptureOptions.AnyInterface
        ? [Filter.LinkType.LinuxSll.Value, Filter.LinkType.LinuxSll2.Value]
        : [.. HardwareLinkTypes.Of(NetworkInterface.Find(interfaceName).HardwareType).Select(type => type.Value)];

    /// <summary>Begins to capture.</summary>
    /// <param name="options">Its link type must be one of the interface's.</param>
    /// <param name="filter">For packets as they are delivered; null for all of them.</param>
    /// <exception cref="ArgumentException">The interface's packets cannot be had with that link type.</exception>
    /// <exception cref="BpfException">The interface cannot be captured: the message says why, and what to do.</exception>
    public static LiveCapture Open(LiveCaptureOptions options, ClassicProgram? filter = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        int linkType = ChooseLinkType(options);
        CookedHeader cooked = CookedHeaderOf(linkType);
        ClassicProgram? inKernel = filter is null ? null : ForKernel(filter, cooked);
        PacketSocket socket = PacketSocket.Open(new PacketSocketOptions
        {
            InterfaceName = options.InterfaceName == LiveCaptureOptions.AnyInterface ? null : options.InterfaceName,
            CookedHeader = cooked,
            SnapLength = options.SnapLength,
            BufferSize = options.BufferSize,
            IsPromiscuous = options.IsPromiscuous,
            IgnoresOutgoing = options.Direction == CaptureDirection.In,
            BlockTimeout = options.IsImmediate ? immediateTimeout : PacketSocketOptions.DefaultBlockTimeout,
            Filter = inKernel ?? KeepAll(options.SnapLength),
        });
        return new LiveCapture(socket, options, linkType, inKernel is null && filter is not null ? ClassicMachine.Create(filter) : null, new InterfaceNames());
    }

    /// <summary>Has a loop wake for this capture.</summary>
    public void Watch(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.Watch(socket);
    }

    /// <summary>Moves to the next packet that is there, without waiting; it is valid until the one after it is asked for.</summary>
    public bool TryRead(out CapturedPacket packet)
    {
        while (socket.TryRead(out ReceivedPacket received))
        {
            if (!IsWanted(received))
                continue;
            packet = new CapturedPacket
            {
                Timestamp = received.Timestamp,
                Data = received.Data.Length > options.SnapLength ? received.Data[..options.SnapLength] : received.Data,
                OriginalLength = received.OriginalLength,
                LinkType = LinkType,
                InterfaceIndex = received.InterfaceIndex,
                InterfaceName = names[received.InterfaceIndex],
                Direction = (PacketDirection)received.PacketType,
            };
            if (filterHere is not null && filterHere.Run(packet.Data, InfoOf(packet)) == 0)
                continue;
            if (processes is not null)
                packet = packet with { Process = processes.Find(packet) };
            return true;
        }
        packet = default;
        return false;
    }

    /// <summary>What the kernel counted until now.</summary>
    public PacketCounts ReadCounts() => socket.ReadCounts();

    /// <summary>To be called when nothing came for a while.</summary>
    /// <exception cref="BpfException">The interface is gone, and no more packets will come.</exception>
    public void CheckInterface()
    {
        Errno error = socket.TakeError();
        if (error != Errno.None && !socket.InterfaceExists)
            throw socket.Gone(error);
    }

    public void Dispose()
    {
        processes?.Dispose();
        socket.Dispose();
    }

    // What we send over the loopback device we receive there too; one of the two is enough.
    private bool IsWanted(in ReceivedPacket received) => received.PacketType == Outgoing
        ? options.Direction != CaptureDirection.In && received.InterfaceIndex != loopbackIndex
        : options.Direction != CaptureDirection.Out;

    private static ClassicPacketInfo InfoOf(in CapturedPacket packet) => new()
    {
        Length = packet.OriginalLength,
        PacketType = (byte)packet.Direction,
        InterfaceIndex = (uint)packet.InterfaceIndex,
    };

    /// <summary>The DLT value that packets will have.</summary>
    /// <exception cref="ArgumentException">The interface's packets cannot be had with the link type that is asked for.</exception>
    /// <exception cref="BpfException">There is no such interface.</exception>
    public static int ChooseLinkType(LiveCaptureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<int> possible = LinkTypesOf(options.InterfaceName);
        if (options.LinkType is { } wanted)
        {
            return possible.Contains(wanted)
                ? wanted
                : throw new ArgumentException($"{wanted} is not one of the data link types of {options.InterfaceName}", nameof(options));
        }
        return options.InterfaceName == LiveCaptureOptions.AnyInterface ? Filter.LinkType.LinuxSll2.Value : possible[0];
    }

    /// <summary>Whether a filter can run in the kernel; else it must be one for packets as they are delivered.</summary>
    public static bool CanFilterInKernel(ClassicProgram filter, int linkType)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return ForKernel(filter, CookedHeaderOf(linkType)) is not null;
    }

    private static ClassicProgram? ForKernel(ClassicProgram filter, CookedHeader cooked)
    {
        ClassicProgram? program = filter;
        if (cooked != CookedHeader.None && !CookedProgram.TryForKernel(filter, cooked, out program))
            return null;
        return ClassicValidator.IsValid(program) ? program : null;
    }

    private static CookedHeader CookedHeaderOf(int linkType)
    {
        var type = new Filter.LinkType(linkType);
        return type == Filter.LinkType.LinuxSll ? CookedHeader.Version1 : type == Filter.LinkType.LinuxSll2 ? CookedHeader.Version2 : CookedHeader.None;
    }

    private static ClassicProgram KeepAll(int snapLength) => new([new ClassicInstruction(ClassicOpcode.Return, (uint)snapLength)]);
}
