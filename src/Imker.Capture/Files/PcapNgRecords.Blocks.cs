namespace Imker.Capture;

/// <summary>The blocks that are looked into.</summary>
internal sealed partial class PcapNgRecords
{
    private const int SectionFixedSize = 16, EnhancedFixedSize = 20, SimpleFixedSize = 4, OldFixedSize = 20;

    // Sections may differ in byte order; the header says in which one it and all that follows is.
    private void BeginSection()
    {
        if (!input.TryHave(PcapNgBlock.HeaderSize + SectionFixedSize))
            throw Refuse(CaptureDiagnosticId.Truncated, $"the file ends within the header of a section, after {input.Window.Length} bytes");
        ReadOnlySpan<byte> bytes = input.Window;
        uint magic = new ByteReader(false).UInt32(bytes, PcapNgBlock.HeaderSize);
        if (magic is not (PcapNgBlock.ByteOrderMagic or PcapNgBlock.SwappedByteOrderMagic))
            throw Refuse(CaptureDiagnosticId.Malformed, $"a section's byte order mark is {magic:x8}, which stands for no order");
        reader = new ByteReader(magic == PcapNgBlock.SwappedByteOrderMagic);
        int major = reader.UInt16(bytes, 12), minor = reader.UInt16(bytes, 14);
        if (major != 1 || minor is not (0 or 2))
            throw Refuse(CaptureDiagnosticId.UnknownFormat, $"a section is of pcapng version {major}.{minor}, and 1.0 is known");
        interfaces.Clear();
    }

    private CapturedPacket ReadEnhanced(ReadOnlySpan<byte> body)
    {
        int index = (int)reader.UInt32(body, 0);
        ulong ticks = (ulong)reader.UInt32(body, 4) << 32 | reader.UInt32(body, 8);
        return Packet(index, ticks, reader.UInt32(body, 12), reader.UInt32(body, 16), body[EnhancedFixedSize..]);
    }

    private CapturedPacket ReadOld(ReadOnlySpan<byte> body)
    {
        ulong ticks = (ulong)reader.UInt32(body, 4) << 32 | reader.UInt32(body, 8);
        return Packet(reader.UInt16(body, 0), ticks, reader.UInt32(body, 12), reader.UInt32(body, 16), body[OldFixedSize..]);
    }

    // It says neither when nor how much of it was captured: all, or as much as the interface's limit lets.
    private CapturedPacket ReadSimple(ReadOnlySpan<byte> body)
    {
        uint original = reader.UInt32(body, 0);
        uint captured = Math.Min(original, (uint)InterfaceAt(0).SnapLength);
        return Packet(0, null, Math.Min(captured, (uint)(body.Length - SimpleFixedSize)), original, body[SimpleFixedSize..]);
    }

    private CapturedPacket Packet(int index, ulong? ticks, uint captured, uint original, ReadOnlySpan<byte> data)
    {
        PcapNgInterface from = InterfaceAt(index);
        if (captured > data.Length)
            throw Refuse(CaptureDiagnosticId.Malformed, $"a packet block says that {captured} bytes were captured, and holds {data.Length}");
        if (captured > RecordLimit.Of(from.LinkType))
            throw Refuse(CaptureDiagnosticId.Malformed, $"a packet block says that {captured} bytes were captured, and packets of this link type have at most {RecordLimit.Of(from.LinkType)}");
        int padded = Math.Min(data.Length, ((int)captured + 3) & ~3);
        return new CapturedPacket
        {
            Timestamp = ticks is { } count ? from.Unit.ToNanoseconds(count) : 0,
            Data = data[..Math.Min((int)captured, from.SnapLength)],
            OriginalLength = original,
            LinkType = from.LinkType,
            InterfaceIndex = index,
            InterfaceName = from.Name,
            Direction = padded < data.Length ? DirectionIn(data[padded..]) : PacketDirection.Unknown,
        };
    }

    private PacketDirection DirectionIn(ReadOnlySpan<byte> optionBytes)
    {
        var options = new PcapNgOptions(optionBytes, reader);
        while (options.MoveNext())
        {
            if (options.Code == PcapNgOptions.PacketFlags && options.Value.Length == sizeof(uint))
                return (reader.UInt32(options.Value, 0) & 3) switch { 1 => PacketDirection.Incoming, 2 => PacketDirection.Outgoing, _ => PacketDirection.Unknown };
        }
        return PacketDirection.Unknown;
    }

    private PcapNgInterface InterfaceAt(int index) => (uint)index < (uint)interfaces.Count
        ? interfaces[index]
        : throw Refuse(CaptureDiagnosticId.Malformed, $"a packet block names interface {(uint)index} of {interfaces.Count}");
}
