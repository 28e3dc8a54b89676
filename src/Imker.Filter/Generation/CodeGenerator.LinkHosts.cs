using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const string LinkLayersWithAddresses = "Ethernet, FDDI, token ring, IEEE 802.11, ATM LAN emulation and IP over Fibre Channel have MAC addresses";

    /// <summary>A MAC address of the link layer.</summary>
    private Condition LinkHost(EtherAddress address, FilterDirection direction)
    {
        if (IsWlan(link))
            return WlanHost(address, direction);
        (uint source, uint destination) = link.Name switch
        {
            "EN10MB" or "NETANALYZER" or "NETANALYZER_TRANSPARENT" => (6u, 0u),
            "FDDI" => (7u, 1u),
            "IEEE802" => (8u, 2u),
            "IP_OVER_FC" => (10u, 2u),
            _ => (0u, 0u),
        };
        if (source == 0)
            return NotForLink("a MAC address", LinkLayersWithAddresses);
        if (IsWlanDirection(direction))
            return NotForLink($"'{WordOf(direction)}'", "only IEEE 802.11 has this address");
        Condition? check = IsEthernet(link) ? OuterHeaderCheck() : null;
        return Both(check, InDirection(direction, isSource => EqualAddress(OffsetBase.LinkHeader, isSource ? source : destination, address)));
    }

    private Condition ArcnetHost(byte address, FilterQualifiers qualifiers)
    {
        if (link != LinkType.Arcnet && link != LinkType.ArcnetLinux)
            return NotForLink("an ARCnet address");
        if (qualifiers is not { Protocol: FilterProtocol.Link, AddressType: FilterAddressType.Default or FilterAddressType.Host })
            return Fail(FilterBindId.BadQualifier, "an ARCnet address is a link-layer host", "link host $1a");
        return IsWlanDirection(qualifiers.Direction)
            ? NotForLink($"'{WordOf(qualifiers.Direction)}'", "only IEEE 802.11 has this address")
            : ArcnetHost(address, qualifiers.Direction);
    }

    private Condition ArcnetHost(byte address, FilterDirection direction) =>
        InDirection(direction, isSource => Equal(OffsetBase.LinkHeader, isSource ? 0u : 1u, LoadSize.Byte, address));
}
