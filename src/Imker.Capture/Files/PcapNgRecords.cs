using System.Runtime.CompilerServices;

namespace Imker.Capture;

/// <summary>The packets of a pcapng file: of all its sections and interfaces, in the order of the file.</summary>
internal sealed partial class PcapNgRecords : CaptureRecords
{
    private readonly CaptureInput input;
    private readonly List<PcapNgInterface> interfaces = [];
    private readonly PcapNgInterface first;
    private ByteReader reader;
    private long blockOffset;

    /// <param name="input">At the beginning of the file.</param>
    internal PcapNgRecords(CaptureInput input)
    {
        this.input = input;
        // What a file's packets are, only its first interface tells.
        while (interfaces.Count == 0)
        {
            if (!TryReadFrame(out uint type, out uint length))
                throw Refuse(CaptureDiagnosticId.Malformed, "the file ends before it describes an interface");
            if (type is PcapNgBlock.EnhancedPacket or PcapNgBlock.SimplePacket or PcapNgBlock.OldPacket)
                throw Refuse(CaptureDiagnosticId.Malformed, "a packet comes before the description of any interface");
            PassBlock(type, length);
        }
        first = interfaces[0];
    }

    internal override CaptureFileFormat Format => CaptureFileFormat.PcapNg;

    internal override int LinkType => first.LinkType;

    internal override int SnapLength => first.SnapLength;

    internal override bool HasNanoseconds => first.Unit.IsFinerThanMicroseconds;

    internal override bool IsSwapped => reader.IsSwapped;

    internal override bool TryRead(CaptureFilters? filters, scoped ref int budget, out CapturedPacket packet)
    {
        while (budget > 0 && TryReadFrame(out uint type, out uint length))
        {
            switch (type)
            {
                case PcapNgBlock.EnhancedPacket:
                    packet = ReadEnhanced(Take(length, EnhancedFixedSize));
                    break;
                case PcapNgBlock.SimplePacket:
                    packet = ReadSimple(Take(length, SimpleFixedSize));
                    break;
                case PcapNgBlock.OldPacket:
                    packet = ReadOld(Take(length, OldFixedSize));
                    break;
                default:
                    PassBlock(type, length);
                    continue;
            }
            budget--;
            if (filters is null || filters.Accept(packet))
                return true;
        }
        packet = default;
        return false;
    }

    /// <summary>The type and length of the block that the input is at; false at the end of the file.</summary>
    private bool TryReadFrame(out uint type, out uint length)
    {
        type = length = 0;
        blockOffset = input.Offset;
        if (!input.TryHave(PcapNgBlock.HeaderSize))
            return input.Window.IsEmpty ? false : throw Refuse(CaptureDiagnosticId.Truncated, $"the file ends within the header of a block, after {input.Window.Length} bytes");
        if (PcapNgBlock.IsSectionHeader(input.Window))
            BeginSection();
        ReadOnlySpan<byte> bytes = input.Window;
        (type, length) = (reader.UInt32(bytes, 0), reader.UInt32(bytes, 4));
        return length >= PcapNgBlock.SmallestSize && length % 4 == 0
            ? true
            : throw Refuse(CaptureDiagnosticId.Malformed, $"a block says that it has {length} bytes, which no block has");
    }

    /// <summary>The body of the block that the input is at, which is consumed.</summary>
    /// <param name="least">Bytes that a body of its type has at least.</param>
    private ReadOnlySpan<byte> Take(uint length, int least)
    {
        if (length > PcapNgBlock.LongestKept)
            throw Refuse(CaptureDiagnosticId.Malformed, $"a block says that it has {length} bytes, more than any packet");
        if (length < PcapNgBlock.SmallestSize + least)
            throw Refuse(CaptureDiagnosticId.Malformed, $"a block says that it has {length} bytes, and those of its type have at least {PcapNgBlock.SmallestSize + least}");
        if (!input.TryHave((int)length))
            throw Refuse(CaptureDiagnosticId.Truncated, $"the file ends within a block of {length} bytes, after {input.Window.Length}");
        ReadOnlySpan<byte> block = input.Window[..(int)length];
        CheckTrailer(reader.UInt32(block, block.Length - PcapNgBlock.TrailerSize), length);
        input.Consume((int)length);
        return block[PcapNgBlock.HeaderSize..^PcapNgBlock.TrailerSize];
    }

    private void PassBlock(uint type, uint length)
    {
        if (type == PcapNgBlock.Interface)
        {
            if (PcapNgInterface.TryParse(Take(length, PcapNgInterface.FixedSize), reader, out PcapNgInterface described) is { } problem)
                throw Refuse(CaptureDiagnosticId.Malformed, problem);
            interfaces.Add(described);
            return;
        }
        // Names, statistics, secrets, what is to come: its length says how to pass it, and it may be longer than memory.
        if (!input.TrySkip(length - PcapNgBlock.TrailerSize) || !input.TryHave(PcapNgBlock.TrailerSize))
            throw Refuse(CaptureDiagnosticId.Truncated, $"the file ends within a block of {length} bytes, after {input.Offset + input.Window.Length - blockOffset}");
        CheckTrailer(reader.UInt32(input.Window, 0), length);
        input.Consume(PcapNgBlock.TrailerSize);
    }

    private void CheckTrailer(uint trailer, uint length)
    {
        if (trailer != length)
            throw Refuse(CaptureDiagnosticId.Malformed, $"a block says {length} bytes at its beginning and {trailer} at its end");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CaptureFileException Refuse(string id, string what) => CaptureFileException.Reading(id, input.Name, blockOffset, what);
}
