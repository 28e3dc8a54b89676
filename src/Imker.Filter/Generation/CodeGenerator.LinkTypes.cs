using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    // The values of AF_INET6 of Linux, and of the BSDs and macOS, which write some of the files.
    private const uint InternetFamily = 2, Internet6FamilyOfLinux = 10, Internet6FamilyOfBsd = 24, Internet6FamilyOfFreeBsd = 28, Internet6FamilyOfDarwin = 30;
    private const uint FrameRelayUnnumbered = 0x03 << 8, JuniperMagic = 0x4d474300;

    /// <summary>Asks for a protocol above the link layer.</summary>
    /// <param name="protocol">An Ethernet type, or an LLC address when it is no larger than <see cref="EtherType.LargestLength"/>.</param>
    private Condition LinkProtocol(uint protocol)
    {
        if (mplsDepth > 0)
            return ProtocolUnderMpls(protocol);
        switch (link.Name)
        {
            case "EN10MB" or "NETANALYZER" or "NETANALYZER_TRANSPARENT":
                // A tunnel tells the type of what it carries whether that has an Ethernet header or not.
                Condition? check = isInTunnel ? null : OuterHeaderCheck();
                return Both(check, EthernetProtocol(protocol));
            case "C_HDLC":
                return Equal(OffsetBase.LinkType, 0, LoadSize.Half, protocol == LlcAddress.Iso ? protocol << 8 | LlcAddress.Iso : protocol);
            case "IEEE802_11" or "PRISM_HEADER" or "IEEE802_11_RADIO_AVS" or "IEEE802_11_RADIO" or "PPI":
                Condition data = WlanDataFrame();
                return Condition.And(data, LlcProtocol(protocol));
            case "FDDI" or "IEEE802" or "ATM_RFC1483" or "ATM_CLIP" or "IP_OVER_FC":
                return LlcProtocol(protocol);
            case "SUNATM":
                Condition llc = AtmTraffic(AtmLlc);
                return Condition.And(llc, LlcProtocol(protocol));
            case "LINUX_SLL":
                return CookedProtocol(protocol);
            case "SLIP" or "SLIP_BSDOS" or "RAW":
                return protocol switch
                {
                    EtherType.Ip4 => Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, 0x40, 0xf0),
                    EtherType.Ip6 => Masked(OffsetBase.LinkHeader, 0, LoadSize.Byte, 0x60, 0xf0),
                    _ => Never(),
                };
            case "IPV4":
                return protocol == EtherType.Ip4 ? Always() : Never();
            case "IPV6":
                return protocol == EtherType.Ip6 ? Always() : Never();
            case "PPP" or "PPP_PPPD" or "PPP_SERIAL" or "PPP_ETHER":
                return Equal(OffsetBase.LinkType, 0, LoadSize.Half, PppNumber.Of(protocol));
            case "PPP_BSDOS":
                return PppProtocolWithCompression(protocol);
            case "NULL" or "LOOP" or "ENC":
                return LoopbackProtocol(protocol);
            case "PFLOG":
                return protocol switch
                {
                    EtherType.Ip4 => Equal(OffsetBase.LinkHeader, 1, LoadSize.Byte, InternetFamily),
                    EtherType.Ip6 => Equal(OffsetBase.LinkHeader, 1, LoadSize.Byte, Internet6FamilyOfLinux),
                    _ => Never(),
                };
            case "ARCNET" or "ARCNET_LINUX":
                return ArcnetProtocol(protocol);
            case "LTALK":
                return protocol == EtherType.AppleTalk ? Always() : Never();
            case "FRELAY":
                return FrameRelayProtocol(protocol);
            case "BACNET_MS_TP":
                return Masked(OffsetBase.LinkHeader, 0, LoadSize.Word, 0x55ff0000, 0xffff0000);
            case "IPNET":
                return protocol switch
                {
                    EtherType.Ip4 => Equal(OffsetBase.LinkType, 0, LoadSize.Byte, InternetFamily),
                    EtherType.Ip6 => Equal(OffsetBase.LinkType, 0, LoadSize.Byte, 26),
                    _ => Never(),
                };
            case var _ when IsJuniper(link):
                // There are several encapsulations, told by heuristics; only that it is one of them is checked.
                return Masked(OffsetBase.LinkHeader, 0, LoadSize.Word, JuniperMagic, 0xffffff00);
            default:
                return linkTypeField.Constant != NotSet && link != LinkType.MultiLinkFrameRelay
                    ? Equal(OffsetBase.LinkType, 0, LoadSize.Half, protocol)
                    : Fail(FilterBindId.NotForLinkType, $"packets of the link-layer type {link.Name} ({link.Description}) do not tell the protocol that they carry",
                        "ask for bytes instead: link[0] = 1");
        }
    }

    private static Condition Both(Condition? first, Condition second) => first is null ? second : Condition.And(first, second);

    /// <summary>What must be asked so that there is a link-layer header in the present encapsulation at all; null when nothing must.</summary>
    private Condition? OuterHeaderCheck()
    {
        if (isInTunnel)
            return HasTunnelledLinkHeader();
        // LAN emulation: not a control frame.
        return outerLink == LinkType.SunAtm && atm is { } offsets ? Equal(OffsetBase.OuterLinkHeader, offsets.Payload, LoadSize.Half, 0xff00).Not() : null;
    }

    // Van Jacobson's compression, with its two types, is IP too.
    private Condition PppProtocolWithCompression(uint protocol)
    {
        if (protocol != EtherType.Ip4)
            return Equal(OffsetBase.LinkType, 0, LoadSize.Half, PppNumber.Of(protocol));
        Condition ip = Equal(OffsetBase.LinkType, 0, LoadSize.Half, PppProtocol.Ip4);
        Condition compressed = Condition.Or(ip, Equal(OffsetBase.LinkType, 0, LoadSize.Half, PppProtocol.CompressedTcp));
        return Condition.Or(compressed, Equal(OffsetBase.LinkType, 0, LoadSize.Half, PppProtocol.UncompressedTcp));
    }

    private Condition LoopbackProtocol(uint protocol)
    {
        if (protocol == EtherType.Ip4)
            return Family(InternetFamily);
        if (protocol != EtherType.Ip6)
            return Never();
        if (options.Source != PacketSource.File)
            return Family(Internet6FamilyOfLinux);
        Condition bsd = Family(Internet6FamilyOfBsd);
        Condition freeBsd = Condition.Or(bsd, Family(Internet6FamilyOfFreeBsd));
        return Condition.Or(Family(Internet6FamilyOfDarwin), freeBsd);
    }

    // The machine that captured wrote it in its own byte order, but for LOOP; loads are big-endian.
    private Condition Family(uint family)
    {
        bool isHostOrder = link == LinkType.Null || link == LinkType.Enc;
        bool isLittleEndian = isHostOrder && !(options.Source == PacketSource.File && options.IsSwapped);
        return Equal(OffsetBase.LinkHeader, 0, LoadSize.Word, isLittleEndian ? Swapped(family) : family);
    }

    // IP and ARP have a second number each, of RFC 1051.
    private Condition ArcnetProtocol(uint protocol)
    {
        return protocol switch
        {
            EtherType.Ip6 => Type(0xc4),
            EtherType.Ip4 => Condition.Or(Type(0xd4), Type(0xf0)),
            EtherType.Arp => Condition.Or(Type(0xd5), Type(0xf1)),
            EtherType.ReverseArp => Type(0xd6),
            EtherType.AppleTalk => Type(0xdd),
            _ => Never(),
        };

        Condition Type(uint value) => Equal(OffsetBase.LinkType, 0, LoadSize.Byte, value);
    }

    private Condition FrameRelayProtocol(uint protocol)
    {
        switch (protocol)
        {
            case EtherType.Ip4:
                return NetworkProtocol(0xcc);
            case EtherType.Ip6:
                return NetworkProtocol(0x8e);
            case LlcAddress.Iso:
                Condition clnp = NetworkProtocol(IsoProtocol.Clnp), esis = NetworkProtocol(IsoProtocol.Esis), isis = NetworkProtocol(IsoProtocol.Isis);
                return Condition.Or(clnp, Condition.Or(esis, isis));
            default:
                return Never();
        }

        Condition NetworkProtocol(uint id) => Equal(OffsetBase.LinkHeader, 2, LoadSize.Half, FrameRelayUnnumbered | id);
    }
}
