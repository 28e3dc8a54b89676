namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    private const uint NotSet = AbsoluteOffset.NotSet;
    private const uint EtherHeaderLength = 14, EtherTypeOffset = 12;

    // The offsets of each link-layer type (init_linktype of libpcap): of the field that tells the protocol, of the payload, and from there to the
    // network header with and without SNAP.
    private void SetLayout()
    {
        if (link == LinkType.Netanalyzer)
            linkHeader = new AbsoluteOffset(4);
        else if (link == LinkType.NetanalyzerTransparent)
            linkHeader = new AbsoluteOffset(12);
        else
            linkHeader = new AbsoluteOffset(0, HasVariablePrefix(link));
        outerLinkHeader = outermostLinkHeader = linkHeader;
        if (link == LinkType.SunAtm)
            atm = new AtmOffsets(0, 1, 2, 4);
        mtp3 = link == LinkType.Mtp2 ? new Mtp3Offsets(2, 4, 3, 4, 7)
            : link == LinkType.Mtp2WithPhdr ? new Mtp3Offsets(6, 8, 7, 8, 11)
            : link == LinkType.Erf ? new Mtp3Offsets(22, 24, 23, 24, 27)
            : null;
        (uint type, uint payload, networkOffset, networkOffsetWithoutSnap) = Layout(link);
        linkTypeField = new AbsoluteOffset(type);
        linkPayload = new AbsoluteOffset(payload, IsWlan(link) || link == LinkType.Pflog);
    }

    private static (uint Type, uint Payload, uint Network, uint NetworkWithoutSnap) Layout(LinkType link) => link.Name switch
    {
        "ARCNET" => (2, 6, 0, 0),
        "ARCNET_LINUX" => (4, 8, 0, 0),
        "EN10MB" => (EtherTypeOffset, EtherHeaderLength, 0, 3),
        "SLIP" => (NotSet, 16, 0, 0),
        "SLIP_BSDOS" => (NotSet, 24, 0, 0),
        "NULL" or "LOOP" => (0, 4, 0, 0),
        "ENC" => (0, 12, 0, 0),
        "PPP" or "PPP_PPPD" or "C_HDLC" or "PPP_SERIAL" => (2, 4, 0, 0),
        "PPP_ETHER" => (6, 8, 0, 0),
        "PPP_BSDOS" => (5, 24, 0, 0),
        "FDDI" => (13, 13, 8, 3),
        "IEEE802" => (14, 14, 8, 3),
        "IEEE802_11" or "PRISM_HEADER" or "IEEE802_11_RADIO_AVS" or "IEEE802_11_RADIO" or "PPI" => (24, 0, 8, 3),
        "ATM_RFC1483" or "ATM_CLIP" => (0, 0, 8, 3),
        "SUNATM" => (4, 4, 8, 3),
        "RAW" or "IPV4" or "IPV6" or "LTALK" or "FRELAY" => (NotSet, 0, 0, 0),
        "LINUX_SLL" => (14, 16, 0, 0),
        "LINUX_SLL2" => (0, 20, 0, 0),
        "IP_OVER_FC" => (16, 16, 8, 3),
        "MFR" => (NotSet, 0, 4, 0),
        "APPLE_IP_OVER_IEEE1394" => (16, 18, 0, 0),
        "SYMANTEC_FIREWALL" => (6, 44, 0, 0),
        "PFLOG" => (0, 0, 0, 0),
        "JUNIPER_MFR" or "JUNIPER_MLFR" or "JUNIPER_MLPPP" or "JUNIPER_PPP" or "JUNIPER_CHDLC" or "JUNIPER_FRELAY" => (4, 4, 0, NotSet),
        "JUNIPER_ATM1" => (4, 4, 0, 10),
        "JUNIPER_ATM2" => (8, 8, 0, 10),
        "JUNIPER_PPPOE" or "JUNIPER_ETHER" => (16, 14, 18, 21),
        "JUNIPER_PPPOE_ATM" => (4, 6, 0, NotSet),
        "JUNIPER_GGSN" => (6, 12, 0, NotSet),
        "JUNIPER_ES" => (6, NotSet, NotSet, NotSet),
        "JUNIPER_MONITOR" => (12, 12, 0, NotSet),
        "JUNIPER_SERVICES" => (12, NotSet, NotSet, NotSet),
        "JUNIPER_VP" or "JUNIPER_ST" => (18, NotSet, NotSet, NotSet),
        "JUNIPER_ISM" or "JUNIPER_VS" or "JUNIPER_SRX_E2E" or "JUNIPER_FIBRECHANNEL" or "JUNIPER_ATM_CEMIC" => (8, NotSet, NotSet, NotSet),
        "PFSYNC" => (NotSet, 4, 0, 0),
        "IPNET" => (1, 24, 0, NotSet),
        "NETANALYZER" => (4 + EtherTypeOffset, 4 + EtherHeaderLength, 0, 3),
        "NETANALYZER_TRANSPARENT" => (12 + EtherTypeOffset, 12 + EtherHeaderLength, 0, 3),
        _ => (NotSet, NotSet, NotSet, NotSet),
    };

    private static bool IsWlan(LinkType link) => link == LinkType.Wlan || HasVariablePrefix(link);

    private static bool HasVariablePrefix(LinkType link) =>
        link == LinkType.WlanPrism || link == LinkType.WlanAvs || link == LinkType.WlanRadiotap || link == LinkType.Ppi;

    private static bool IsEthernet(LinkType link) =>
        link == LinkType.Ethernet || link == LinkType.Netanalyzer || link == LinkType.NetanalyzerTransparent;

    // All that share the header with the magic number; the peer interface of a PIC has it too, but libpcap does not know it.
    private static bool IsJuniper(LinkType link) => link.Name.StartsWith("JUNIPER_", StringComparison.Ordinal) && link != LinkType.JuniperPicPeer;
}
