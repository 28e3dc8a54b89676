using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>tcpdump's names for the protocols of Ethernet's type field.</summary>
internal static class EtherTypeName
{
    public static bool IsVlan(int type) => type is EtherType.Vlan or EtherType.ServiceVlan or EtherType.Vlan9100 or EtherType.Vlan9200;

    public static ReadOnlySpan<byte> Of(int type) => type switch
    {
        EtherType.Ip4 => "IPv4"u8,
        EtherType.Mpls => "MPLS unicast"u8,
        EtherType.MplsMulticast => "MPLS multicast"u8,
        EtherType.Ip6 => "IPv6"u8,
        EtherType.Vlan => "802.1Q"u8,
        EtherType.Vlan9100 => "802.1Q-9100"u8,
        EtherType.ServiceVlan => "802.1Q-QinQ"u8,
        EtherType.Vlan9200 => "802.1Q-9200"u8,
        0x0200 => "PUP"u8,
        EtherType.Arp => "ARP"u8,
        EtherType.ReverseArp => "Reverse ARP"u8,
        EtherType.NetworkSystems => "NS"u8,
        0x0500 => "Sprite"u8,
        0x0707 => "GeoNet (old)"u8,
        EtherType.Trailer => "Trail"u8,
        0x1111 => "CALM FAST"u8,
        EtherType.MopDl => "MOP DL"u8,
        EtherType.MopRc => "MOP RC"u8,
        EtherType.Decnet => "DN"u8,
        EtherType.Lat => "LAT"u8,
        EtherType.Sca => "SCA"u8,
        EtherType.TransparentBridging => "TEB"u8,
        0x8038 => "Lanbridge"u8,
        0x803c => "DEC DNS"u8,
        0x803e => "DEC DTS"u8,
        0x805b => "VEXP"u8,
        0x805c => "VPROD"u8,
        EtherType.AppleTalk => "Appletalk"u8,
        EtherType.Aarp => "Appletalk ARP"u8,
        EtherType.Ipx => "IPX"u8,
        0x8808 => "MPCP"u8,
        EtherType.Slow => "Slow Protocols"u8,
        EtherType.Ppp => "PPP"u8,
        EtherType.PppoeDiscovery => "PPPoE D"u8,
        EtherType.PppoeSession => "PPPoE S"u8,
        0x886f => "MS NLB heartbeat"u8,
        EtherType.Jumbo => "Jumbo"u8,
        0x888e => "EAPOL"u8,
        0x8899 => "Realtek protocols"u8,
        0x88a2 => "AoE"u8,
        0x88ca => "TIPC"u8,
        EtherType.Lldp => "LLDP"u8,
        0x88e5 => "802.1AE MACsec"u8,
        0x88f7 => "PTP"u8,
        0x8902 => "CFM"u8,
        0x893a => "IEEE1905.1"u8,
        0x8947 => "GeoNet"u8,
        0x894f => "NSH"u8,
        EtherType.Loopback => "Loopback"u8,
        0xabcd => "CFM (old)"u8,
        0xfefe => "OSI"u8,
        0x00fe => "GRE-OSI"u8,
        _ => default,
    };
}
