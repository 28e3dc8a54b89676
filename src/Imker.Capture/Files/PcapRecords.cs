using System.Runtime.CompilerServices;

namespace Imker.Capture;

/// <summary>The records of a pcap file: a header of 16 bytes (24 in the modified format) and what was captured.</summary>
internal sealed class PcapRecords : CaptureRecords
{
    private const int HeaderSize = 16, ModifiedHeaderSize = 24;
    private const long NanosecondsOfSecond = 1_000_000_000;

    private readonly CaptureInput input;
    private readonly PcapHeader header;
    private readonly ByteReader reader;
    private readonly int headerSize;
    private readonly uint longest;
    private readonly long unit;

    /// <param name="input">At the beginning of the file.</param>
    internal PcapRecords(CaptureInput input)
    {
        this.input = input;
        header = PcapHeader.Read(input);
        reader = new ByteReader(header.IsSwapped);
        headerSize = header.IsModified ? ModifiedHeaderSize : HeaderSize;
        longest = (uint)RecordLimit.Of(header.LinkType);
        unit = header.HasNanoseconds ? 1 : 1000;
    }

    internal override CaptureFileFormat Format => header.IsModified ? CaptureFileFormat.ModifiedPcap : CaptureFileFormat.Pcap;

    internal override int LinkType => header.LinkType;

    internal override int SnapLength => header.SnapLength;

    internal override bool HasNanoseconds => header.HasNanoseconds;

    internal override bool IsSwapped => header.IsSwapped;

    internal override uint FrameCheckBits => header.FrameCheckBits;

    internal override bool TryRead(out CapturedPacket packet)
    {
        if (!input.TryHave(headerSize))
        {
            packet = default;
            return input.Window.IsEmpty ? false : throw Cut($"the file ends within a record's header of {headerSize} bytes, after {input.Window.Length}");
        }
        ReadOnlySpan<byte> bytes = input.Window;
        uint captured = reader.UInt32(bytes, 8), original = reader.UInt32(bytes, 12);
        if (header.LengthOrder != PcapLengthOrder.CapturedFirst)
            PutInOrder(ref captured, ref original);
        if (captured > longest)
            throw TooLong(captured);
        int size = headerSize + (int)captured;
        if (!input.TryHave(size))
            throw Cut($"the file ends within a packet of {captured} bytes, after {input.Window.Length - headerSize}");
        bytes = input.Window[..size];
        packet = new CapturedPacket
        {
            Timestamp = reader.UInt32(bytes, 0) * NanosecondsOfSecond + reader.UInt32(bytes, 4) * unit,
            // As libpcap has it: a record beyond the file's own limit is no reason to give up, but not more than that is shown of it.
            Data = bytes.Slice(headerSize, Math.Min((int)captured, header.SnapLength)),
            OriginalLength = original,
            LinkType = header.LinkType,
            InterfaceIndex = header.IsModified ? (int)reader.UInt32(bytes, 16) : 0,
            Direction = header.IsModified ? DirectionOf(bytes[22]) : PacketDirection.Unknown,
        };
        input.Consume(size);
        return true;
    }

    private void PutInOrder(ref uint captured, ref uint original)
    {
        if (header.LengthOrder == PcapLengthOrder.OriginalFirst || captured > original)
            (captured, original) = (original, captured);
    }

    private static PacketDirection DirectionOf(byte type) => type <= (int)PacketDirection.Outgoing ? (PacketDirection)type : PacketDirection.Unknown;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CaptureFileException Cut(string what) => CaptureFileException.Reading(CaptureDiagnosticId.Truncated, input.Name, input.Offset, what);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CaptureFileException TooLong(uint captured) => CaptureFileException.Reading(CaptureDiagnosticId.Malformed, input.Name, input.Offset,
        $"a record says that {captured} bytes were captured, and packets of this link type have at most {longest}");
}
