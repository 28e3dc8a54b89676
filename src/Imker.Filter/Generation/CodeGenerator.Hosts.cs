using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint Ip6HeaderLength = 40;

    /// <summary>A test of the source, of the destination, of either or of both.</summary>
    private static Condition InDirection(FilterDirection direction, Func<bool, Condition> test)
    {
        switch (direction)
        {
            case FilterDirection.Source:
                return test(true);
            case FilterDirection.Destination:
                return test(false);
            case FilterDirection.SourceAndDestination:
                Condition both = test(true);
                return Condition.And(both, test(false));
            default:
                Condition either = test(true);
                return Condition.Or(either, test(false));
        }
    }

    private static bool IsWlanDirection(FilterDirection direction) => direction >= FilterDirection.Address1;

    private static string WordOf(FilterDirection direction) => direction switch
    {
        FilterDirection.Source => "src",
        FilterDirection.Destination => "dst",
        FilterDirection.SourceOrDestination => "src or dst",
        FilterDirection.SourceAndDestination => "src and dst",
        FilterDirection.Receiver => "ra",
        FilterDirection.Transmitter => "ta",
        _ => $"addr{direction - FilterDirection.Address1 + 1}",
    };

    private Condition Host(uint address, uint mask, FilterQualifiers qualifiers)
    {
        string kind = qualifiers.AddressType == FilterAddressType.Net ? "network" : "host";
        switch (qualifiers.Protocol)
        {
            case FilterProtocol.Default:
                Condition ip = Host(address, mask, qualifiers with { Protocol = FilterProtocol.Ip });
                // Under MPLS there is nothing but IP.
                if (mplsDepth > 0)
                    return ip;
                Condition arp = Condition.Or(ip, Host(address, mask, qualifiers with { Protocol = FilterProtocol.Arp }));
                return Condition.Or(arp, Host(address, mask, qualifiers with { Protocol = FilterProtocol.Rarp }));
            case FilterProtocol.Ip:
                return Ip4Host(address, mask, qualifiers.Direction, EtherType.Ip4, 12, 16);
            case FilterProtocol.Arp:
                return Ip4Host(address, mask, qualifiers.Direction, EtherType.Arp, 14, 24);
            case FilterProtocol.Rarp:
                return Ip4Host(address, mask, qualifiers.Direction, EtherType.ReverseArp, 14, 24);
            case FilterProtocol.Decnet:
                return DecnetHost(address, qualifiers.Direction);
            case FilterProtocol.Ip6:
                return Fail(FilterBindId.BadQualifier, $"'ip6' stands before an IPv4 {kind}");
            default:
                return BadProtocolQualifier(qualifiers.Protocol, kind);
        }
    }

    private Condition BadProtocolQualifier(FilterProtocol protocol, string what) => Fail(FilterBindId.BadQualifier,
        $"'{FilterKeywords.NameOf(protocol)}' stands before a {what}, which only ip, ip6, arp and rarp have",
        $"combine two conditions: {FilterKeywords.NameOf(protocol)} and host …");

    private Condition Ip4Host(uint address, uint mask, FilterDirection direction, uint protocol, uint source, uint destination)
    {
        if (IsWlanDirection(direction))
            return Fail(FilterBindId.BadQualifier, $"'{WordOf(direction)}' is a field for MAC addresses of IEEE 802.11");
        return InDirection(direction, isSource =>
        {
            Condition carried = LinkProtocol(protocol);
            return Condition.And(carried, Masked(OffsetBase.Network, isSource ? source : destination, LoadSize.Word, address, mask));
        });
    }

    private Condition Ip6Host(Ip6Address address, Ip6Address mask, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol is not (FilterProtocol.Default or FilterProtocol.Ip6))
            return Fail(FilterBindId.BadQualifier, $"'{FilterKeywords.NameOf(qualifiers.Protocol)}' stands before an IPv6 address");
        if (IsWlanDirection(qualifiers.Direction))
            return Fail(FilterBindId.BadQualifier, $"'{WordOf(qualifiers.Direction)}' is a field for MAC addresses of IEEE 802.11");
        return InDirection(qualifiers.Direction, isSource =>
        {
            uint offset = isSource ? 8u : 24u;
            Condition all = Masked(OffsetBase.Network, offset + 12, LoadSize.Word, address.Word3, mask.Word3);
            all = Condition.And(Masked(OffsetBase.Network, offset + 8, LoadSize.Word, address.Word2, mask.Word2), all);
            all = Condition.And(Masked(OffsetBase.Network, offset + 4, LoadSize.Word, address.Word1, mask.Word1), all);
            all = Condition.And(Masked(OffsetBase.Network, offset, LoadSize.Word, address.Word0, mask.Word0), all);
            return Condition.And(LinkProtocol(EtherType.Ip6), all);
        });
    }

    /// <summary>
    /// DECnet packets begin with a length and perhaps a padding byte, and have a long or a short header; only data packets are looked at.
    /// Addresses are little-endian.
    /// </summary>
    private Condition DecnetHost(uint address, FilterDirection direction)
    {
        if (IsWlanDirection(direction))
            return Fail(FilterBindId.BadQualifier, $"'{WordOf(direction)}' is a field for MAC addresses of IEEE 802.11");
        uint swapped = Swapped(address << 16) & 0xffff;
        return InDirection(direction, isSource =>
        {
            uint inShort = isSource ? 3u : 1, inLong = isSource ? 15u : 7;
            Condition carried = LinkProtocol(EtherType.Decnet);
            Condition paddedLong = Format(LoadSize.Half, 0x8106, 0xff07, 3 + inLong);
            Condition any = Condition.Or(Format(LoadSize.Byte, 0x06, 0x07, 2 + inLong), paddedLong);
            any = Condition.Or(Format(LoadSize.Half, 0x8102, 0xff07, 3 + inShort), any);
            any = Condition.Or(Format(LoadSize.Byte, 0x02, 0x07, 2 + inShort), any);
            return Condition.And(carried, any);
        });

        Condition Format(LoadSize size, uint value, uint mask, uint offset) => Condition.And(
            Masked(OffsetBase.Network, 2, size, value, mask), Equal(OffsetBase.Network, offset, LoadSize.Half, swapped));
    }
}
