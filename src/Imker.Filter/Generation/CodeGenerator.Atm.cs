using System.Buffers.Binary;
using Imker.Bytecode.Classic;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    // Kinds of traffic in the first byte of Sun's pseudo-header.
    private const uint AtmTrafficMask = 0x0f, AtmLane = 1, AtmLlc = 2;

    // Message types of Q.2931, and where they stand in the payload.
    private const uint CallProceeding = 0x02, Setup = 0x05, Connect = 0x07, ConnectAcknowledge = 0x0f, Release = 0x4d, ReleaseDone = 0x5a, MessageTypeOffset = 5;

    private Condition AtmTraffic(uint kind) => Masked(OffsetBase.LinkHeader, atm!.Value.Protocol, LoadSize.Byte, kind, AtmTrafficMask);

    private Condition Atm(AtmKind kind)
    {
        if (atm is not { } offsets)
            return NotForLink("ATM cells");
        return kind switch
        {
            AtmKind.Lane => EnterLane(offsets),
            AtmKind.MetaSignalling => Circuit(1),
            AtmKind.Broadcast => Circuit(2),
            AtmKind.SegmentOamF4 => Circuit(3),
            AtmKind.EndToEndOamF4 => Circuit(4),
            AtmKind.Signalling => Circuit(5),
            AtmKind.Ilmi => Circuit(16),
            AtmKind.ConnectMessage => Messages(5, ReleaseDone, Release, ConnectAcknowledge, Connect, Setup, CallProceeding),
            AtmKind.MetaConnect => Messages(1, ReleaseDone, Release, Connect, Setup, CallProceeding),
            _ => AnyOam(),
        };

        Condition Circuit(uint channel)
        {
            Condition path = Equal(OffsetBase.LinkHeader, offsets.VirtualPath, LoadSize.Byte, 0);
            return Condition.And(path, Equal(OffsetBase.LinkHeader, offsets.VirtualChannel, LoadSize.Half, channel));
        }

        Condition AnyOam()
        {
            Condition segment = Equal(OffsetBase.LinkHeader, offsets.VirtualChannel, LoadSize.Half, 3);
            Condition either = Condition.Or(segment, Equal(OffsetBase.LinkHeader, offsets.VirtualChannel, LoadSize.Half, 4));
            return Condition.And(Equal(OffsetBase.LinkHeader, offsets.VirtualPath, LoadSize.Byte, 0), either);
        }

        Condition Messages(uint channel, params ReadOnlySpan<uint> types)
        {
            Condition any = Message(types[^1]);
            for (int i = types.Length - 2; i >= 0; i--)
                any = Condition.Or(Message(types[i]), any);
            return Condition.And(Circuit(channel), any);
        }

        Condition Message(uint type) => Equal(OffsetBase.LinkHeader, offsets.Payload + MessageTypeOffset, LoadSize.Byte, type);
    }

    // LAN emulation: what follows is an Ethernet frame behind two bytes.
    private Condition EnterLane(AtmOffsets offsets)
    {
        Condition lane = AtmTraffic(AtmLane);
        PushLinkHeader(LinkType.Ethernet, new AbsoluteOffset(offsets.Payload + 2));
        linkTypeField.Constant = linkHeader.Constant + EtherTypeOffset;
        linkPayload.Constant = linkHeader.Constant + EtherHeaderLength;
        (networkOffset, networkOffsetWithoutSnap) = (0, 3);
        return lane;
    }

    private Condition AtmField(AtmField field, FieldTest test)
    {
        if (atm is not { } offsets)
            return NotForLink(field == Syntax.AtmField.VirtualPath ? "'vpi'" : "'vci'");
        return field == Syntax.AtmField.VirtualPath
            ? CompareField(OffsetBase.LinkHeader, offsets.VirtualPath, LoadSize.Byte, uint.MaxValue, test.Comparison, test.Value)
            : CompareField(OffsetBase.LinkHeader, offsets.VirtualChannel, LoadSize.Half, uint.MaxValue, test.Comparison, test.Value);
    }

    private Condition CompareField(OffsetBase from, uint offset, LoadSize size, uint mask, Comparison comparison, uint value)
    {
        ushort jump = comparison switch
        {
            Comparison.Equal or Comparison.NotEqual => ClassicOpcode.JumpEqual,
            Comparison.Greater or Comparison.LessOrEqual => ClassicOpcode.JumpGreater,
            _ => ClassicOpcode.JumpGreaterOrEqual,
        };
        Condition test = Compare(from, offset, size, mask, jump, value);
        return Unless(comparison is Comparison.NotEqual or Comparison.LessOrEqual or Comparison.Less, test);
    }

    private Condition Mtp2(Mtp2Kind kind)
    {
        if (mtp3 is not { } offsets)
            return NotForLink("SS7 signal units");
        // The length indicator: 0 in fill-in units, 1 or 2 in link status units, more in messages. High-speed links have it in nine bits.
        bool isHighSpeed = kind >= Mtp2Kind.HighSpeedFillIn;
        uint offset = isHighSpeed ? offsets.HighSpeedLengthIndicator : offsets.LengthIndicator;
        LoadSize size = isHighSpeed ? LoadSize.Half : LoadSize.Byte;
        uint mask = isHighSpeed ? 0xff80u : 0x3f, longest = isHighSpeed ? 0x0100u : 2;
        switch (kind)
        {
            case Mtp2Kind.FillIn or Mtp2Kind.HighSpeedFillIn:
                return Masked(OffsetBase.Packet, offset, size, 0, mask);
            case Mtp2Kind.LinkStatus or Mtp2Kind.HighSpeedLinkStatus:
                Condition isShort = Compare(OffsetBase.Packet, offset, size, mask, ClassicOpcode.JumpGreater, longest).Not();
                return Condition.And(Compare(OffsetBase.Packet, offset, size, mask, ClassicOpcode.JumpGreater, 0), isShort);
            default:
                return Compare(OffsetBase.Packet, offset, size, mask, ClassicOpcode.JumpGreater, longest);
        }
    }

    private Condition Mtp3Field(Mtp3Field field, FieldTest test)
    {
        if (mtp3 is not { } offsets)
            return NotForLink("fields of SS7 messages");
        uint shift = field >= Syntax.Mtp3Field.HighSpeedServiceInformation ? 3u : 0;
        (uint offset, LoadSize size, uint mask, uint largest, uint value) = (Mtp3Field)((int)field % 4) switch
        {
            Syntax.Mtp3Field.ServiceInformation => (offsets.ServiceInformation, LoadSize.Byte, uint.MaxValue, 255u, test.Value),
            Syntax.Mtp3Field.OriginatingPoint => (offsets.PointCodes, LoadSize.Word, 0x00c0ff0fu, 16383u, OriginatingPoint(test.Value)),
            Syntax.Mtp3Field.DestinationPoint => (offsets.PointCodes, LoadSize.Word, 0xff3f0000u, 16383u, DestinationPoint(test.Value)),
            _ => (offsets.LinkSelection, LoadSize.Byte, 0xf0u, 15u, test.Value << 4),
        };
        return test.Value <= largest
            ? CompareField(OffsetBase.Packet, offset + shift, size, mask, test.Comparison, value)
            : Fail(FilterBindId.OutOfRange, $"{test.Value} is too large: the field holds {largest} at most");
    }

    // The routing label is little-endian: 14 bits of the destination, then 14 of the origin.
    private static uint DestinationPoint(uint code) => BinaryPrimitives.ReverseEndianness(code & 0x3fff);

    private static uint OriginatingPoint(uint code) => BinaryPrimitives.ReverseEndianness((code & 0x3fff) << 14);
}
