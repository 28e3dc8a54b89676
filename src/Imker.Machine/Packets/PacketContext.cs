using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>
/// A packet and the context that describes it to a program, <c>struct xdp_md</c> or <c>struct __sk_buff</c> (<c>include/uapi/linux/bpf.h</c>), in memory
/// that lasts from run to run.
/// </summary>
internal sealed unsafe class PacketContext
{
    /// <summary>The longest packet.</summary>
    public const int MaxPacket = 1 << 16;

    private const int ContextBytes = 256, Headroom = 256, FrameHeader = 40, EthernetHeader = 14;

    // What the kernel's test run has behind a packet: the rest of a page, less its own bookkeeping.
    private const int SmallestRoom = 4096 - 320 - Headroom;
    private const int XdpBytes = 24, SkbBytes = 192;
    private const int XdpData = 0, XdpDataEnd = 4, XdpDataMeta = 8;
    private const int SkbLength = 0, SkbProtocol = 16, SkbData = 76, SkbDataEnd = 80, SkbDataMeta = 140, SkbWireLength = 160;

    private readonly LowMemory memory = new(ContextBytes + Headroom + MaxPacket + SmallestRoom);
    private bool isXdp, isWritable;
    private byte* data, dataEnd, dataMeta, roomEnd;

    private byte* Context => memory.Start;

    private byte* HardStart => memory.Start + ContextBytes;

    public ReadOnlySpan<byte> Packet => new(data, (int)(dataEnd - data));

    /// <summary>Whether programs of a type have a context that this is.</summary>
    public static bool Describes(ProgramType type) => type is ProgramType.Xdp or ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct
        or ProgramType.CgroupSkb or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit;

    /// <summary>Sets the packet of a run and what the state says of it.</summary>
    public void Set(Processor processor, ProgramType type, ReadOnlySpan<byte> packet)
    {
        isXdp = type == ProgramType.Xdp;
        isWritable = type is ProgramType.Xdp or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.LwtXmit;
        data = dataMeta = HardStart + Headroom;
        dataEnd = data + packet.Length;
        roomEnd = data + Math.Max(SmallestRoom, packet.Length);
        packet.CopyTo(new Span<byte>(data, packet.Length));
        new Span<byte>(Context, ContextBytes).Clear();
        if (!isXdp)
        {
            Field(SkbLength) = Field(SkbWireLength) = (uint)packet.Length;
            Field(SkbProtocol) = packet.Length >= EthernetHeader ? Unsafe.ReadUnaligned<ushort>(data + EthernetHeader - sizeof(ushort)) : 0u;
        }
        processor.State->Regions[ExecutionState.ContextRegion] = new MemoryRegion
        {
            Start = (ulong)Context,
            Length = (ulong)(isXdp ? XdpBytes : SkbBytes),
            Access = RegionAccess.ReadWrite,
            Kind = RegionKind.Context,
        };
        Show(processor);
        processor.PacketContext = this;
    }

    /// <summary><c>bpf_xdp_adjust_head</c>: moves the start of the packet. 0 or a negative errno.</summary>
    public int AdjustHead(Processor processor, int delta)
    {
        long metadata = data - dataMeta;
        byte* start = data + delta;
        if (!isXdp || start < HardStart + FrameHeader + metadata || start > dataEnd - EthernetHeader)
            return -Errno.Invalid;
        if (metadata != 0)
            Buffer.MemoryCopy(dataMeta, dataMeta + delta, metadata, metadata);
        dataMeta += delta;
        data = start;
        Show(processor);
        return 0;
    }

    /// <summary><c>bpf_xdp_adjust_tail</c>: moves the end of the packet; what is new is zero. 0 or a negative errno.</summary>
    public int AdjustTail(Processor processor, int delta)
    {
        byte* end = dataEnd + delta;
        if (!isXdp || end > roomEnd || end < data + EthernetHeader)
            return -Errno.Invalid;
        if (delta > 0)
            new Span<byte>(dataEnd, delta).Clear();
        dataEnd = end;
        Show(processor);
        return 0;
    }

    /// <summary><c>bpf_xdp_adjust_meta</c>: moves the start of the bytes before the packet. 0 or a negative errno.</summary>
    public int AdjustMetadata(Processor processor, int delta)
    {
        const long longest = 32;
        byte* start = dataMeta + delta;
        long length = data - start;
        if (!isXdp || start < HardStart + FrameHeader || start > data || (length & 3) != 0 || length > longest)
            return -Errno.Invalid;
        dataMeta = start;
        Show(processor);
        return 0;
    }

    private void Show(Processor processor)
    {
        Field(isXdp ? XdpData : SkbData) = (uint)data;
        Field(isXdp ? XdpDataEnd : SkbDataEnd) = (uint)dataEnd;
        Field(isXdp ? XdpDataMeta : SkbDataMeta) = (uint)dataMeta;
        ExecutionState* state = processor.State;
        state->Regions[ExecutionState.PacketRegion] = new MemoryRegion
        {
            Start = (ulong)dataMeta,
            Length = (ulong)(dataEnd - dataMeta),
            Access = isWritable ? RegionAccess.ReadWrite : RegionAccess.Read,
            Kind = RegionKind.Packet,
        };
        state->Packet = data;
        state->PacketLength = (ulong)(dataEnd - data);
    }

    private ref uint Field(int offset) => ref *(uint*)(Context + offset);
}
