using System.Runtime.CompilerServices;
using Imker.Machine;

namespace Imker.Capture;

/// <summary>The records of a pcap file: a header of 16 bytes (24 in the modified format) and what was captured.</summary>
internal sealed class PcapRecords : CaptureRecords
{
    private const int HeaderSize = 16, ModifiedHeaderSize = 24;
    private const long NanosecondsOfSecond = TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond;

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

    internal override bool TryRead(CaptureFilters? filters, scoped ref int budget, out CapturedPacket packet)
    {
        PacketMatcher? matcher = filters?.For(header.LinkType);
        ReadOnlySpan<byte> window = input.Window;
        int at = 0;
        while (budget > 0)
        {
            // Packets that do not pass cost a look at their lengths and the filter's run: nothing is made of them.
            if (!TryFrame(window[at..], out uint captured, out uint original))
            {
                input.Consume(at);
                at = 0;
                if (!TryFillFrame())
                    break;
                window = input.Window;
                continue;
            }
            budget--;
            ReadOnlySpan<byte> record = window.Slice(at, headerSize + (int)captured);
            at += record.Length;
            // As libpcap has it: a record beyond the file's own limit is no reason to give up, but not more than that is shown of it.
            ReadOnlySpan<byte> data = record.Slice(headerSize, Math.Min((int)captured, header.SnapLength));
            if (matcher is not null && matcher.Run(data, original) == 0)
                continue;
            input.Consume(at);
            packet = PacketOf(record, data, original);
            return true;
        }
        input.Consume(at);
        packet = default;
        return false;
    }

    // Whether a whole record is there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFrame(ReadOnlySpan<byte> bytes, out uint captured, out uint original)
    {
        captured = original = 0;
        if (bytes.Length < HeaderSize)
            return false;
        (captured, original) = (reader.UInt32(bytes, 8), reader.UInt32(bytes, 12));
        if (header.LengthOrder != PcapLengthOrder.CapturedFirst)
            PutInOrder(ref captured, ref original);
        return captured <= longest && bytes.Length - headerSize >= (int)captured;
    }

    // Reads on until a whole record is there; false at the end of the file.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFillFrame()
    {
        if (!input.TryHave(headerSize))
            return input.Window.IsEmpty ? false : throw Cut($"the file ends within a record's header of {headerSize} bytes, after {input.Window.Length}");
        TryFrame(input.Window, out uint captured, out _);
        if (captured > longest)
            throw TooLong(captured);
        return input.TryHave(headerSize + (int)captured)
            ? true
            : throw Cut($"the file ends within a packet of {captured} bytes, after {input.Window.Length - headerSize}");
    }

    private CapturedPacket PacketOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> data, uint original) => new()
    {
        Timestamp = reader.UInt32(record, 0) * NanosecondsOfSecond + reader.UInt32(record, 4) * unit,
        Data = data,
        OriginalLength = original,
        LinkType = header.LinkType,
        InterfaceIndex = header.IsModified ? (int)reader.UInt32(record, 16) : 0,
        Direction = header.IsModified ? DirectionOf(record[22]) : PacketDirection.Unknown,
    };

    private void PutInOrder(ref uint captured, ref uint original)
    {
        if (header.LengthOrder == PcapLengthOrder.OriginalFirst || captured > original)
            (captured, original) = (original, captured);
    }

    private static PacketDirection DirectionOf(byte type) => type <= (int)PacketDirection.Outgoing ? (PacketDirection)type : PacketDirection.Unknown;

    private CaptureFileException Cut(string what) => CaptureFileException.Reading(CaptureDiagnosticId.Truncated, input.Name, input.Offset, what);

    private CaptureFileException TooLong(uint captured) => CaptureFileException.Reading(CaptureDiagnosticId.Malformed, input.Name, input.Offset,
        $"a record says that {captured} bytes were captured, and packets of this link type have at most {longest}");
}
