using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    // Bits of the two frame control bytes (IEEE 802.11, 9.2.4.1).
    private const uint DataBit = 0x08, ControlBit = 0x04, ToSystem = 0x01, FromSystem = 0x02, DirectionMask = 0x03;
    private const uint ControlType = 0x04, ClearToSend = 0xc0, Acknowledgement = 0xd0;

    private Condition WlanDataFrame()
    {
        Condition isData = HasBits(OffsetBase.LinkHeader, 0, DataBit);
        Condition isNotReserved = HasBits(OffsetBase.LinkHeader, 0, ControlBit).Not();
        return Condition.And(isNotReserved, isData);
    }

    private Condition WlanType(WlanTypeSyntax type) => IsWlan(link) && link != LinkType.Ppi
        ? Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, type.Value, type.Mask)
        : NotForLink("the type of an IEEE 802.11 frame");

    private Condition WlanDirection(uint direction) => IsWlan(link) && link != LinkType.Ppi
        ? Masked(OffsetBase.LinkHeader, 1, LoadSize.Byte, direction, DirectionMask)
        : NotForLink("the direction of an IEEE 802.11 frame");

    private Condition WlanHost(EtherAddress address, FilterDirection direction)
    {
        switch (direction)
        {
            case FilterDirection.Address1:
                return AddressAt(4);
            case FilterDirection.Address2:
                return Condition.And(HasTransmitter(), AddressAt(10));
            case FilterDirection.Address3:
                return Condition.And(Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, ControlType, WordTables.WlanTypeMask).Not(), AddressAt(16));
            case FilterDirection.Address4:
                // Only frames between access points have it, which are neither control nor management frames.
                return Condition.And(Masked(OffsetBase.LinkHeader, 1, LoadSize.Byte, DirectionMask, DirectionMask), AddressAt(24));
            case FilterDirection.Receiver:
                return Condition.And(HasBits(OffsetBase.LinkHeader, 0, DataBit), AddressAt(4));
            case FilterDirection.Transmitter:
                Condition has = HasTransmitter();
                Condition isNotManagement = Condition.And(HasBits(OffsetBase.LinkHeader, 0, DataBit), has);
                return Condition.And(isNotManagement, AddressAt(10));
            default:
                return InDirection(direction, isSource => isSource ? WlanSource(AddressAt) : WlanDestination(AddressAt));
        }

        Condition AddressAt(uint offset) => EqualAddress(OffsetBase.LinkHeader, offset, address);
    }

    // CTS and ACK frames have no second address.
    private Condition HasTransmitter()
    {
        Condition isOther = Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, ControlType, WordTables.WlanTypeMask).Not();
        Condition isNotClear = Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, ClearToSend, WordTables.WlanSubtypeMask).Not();
        Condition isNotAcknowledgement = Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, Acknowledgement, WordTables.WlanSubtypeMask).Not();
        return Condition.Or(isOther, Condition.And(isNotClear, isNotAcknowledgement));
    }

    // The source stands at 10 in management frames; in data frames at 10, or at 16 from an access point, or at 24 between two.
    private Condition WlanSource(Func<uint, Condition> at)
    {
        Condition betweenPoints = WhenBits(1, ToSystem, at(24));
        Condition fromPoint = Condition.Or(UnlessBits(1, ToSystem, at(16)), betweenPoints);
        Condition data = WhenBits(1, FromSystem, fromPoint);
        return InFramesWithAddresses(Condition.Or(UnlessBits(1, FromSystem, at(10)), data), at(10));
    }

    // The destination stands at 4 in management frames; in data frames at 4, or at 16 to an access point.
    private Condition WlanDestination(Func<uint, Condition> at)
    {
        Condition toPoint = WhenBits(1, ToSystem, at(16));
        return InFramesWithAddresses(Condition.Or(UnlessBits(1, ToSystem, at(4)), toPoint), at(4));
    }

    // Control frames have neither source nor destination.
    private Condition InFramesWithAddresses(Condition inData, Condition inManagement)
    {
        Condition data = WhenBits(0, DataBit, inData);
        Condition any = Condition.Or(UnlessBits(0, DataBit, inManagement), data);
        return Condition.And(HasBits(OffsetBase.LinkHeader, 0, ControlBit).Not(), any);
    }

    private Condition WhenBits(uint offset, uint bits, Condition then) => Condition.And(HasBits(OffsetBase.LinkHeader, offset, bits), then);

    private Condition UnlessBits(uint offset, uint bits, Condition then) => Condition.And(HasBits(OffsetBase.LinkHeader, offset, bits).Not(), then);
}
