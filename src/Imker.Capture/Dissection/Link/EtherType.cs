namespace Imker.Capture.Dissection;

/// <summary>The protocols of Ethernet's type field, with tcpdump's names for them.</summary>
internal static class EtherType
{
    public const ushort
        Ip4 = 0x0800,
        Arp = 0x0806,
        Trailer = 0x1000,
        TransparentEthernet = 0x6558,
        ReverseArp = 0x8035,
        Vlan = 0x8100,
        Ip6 = 0x86dd,
        Ppp = 0x880b,
        Mpls = 0x8847,
        MplsMulticast = 0x8848,
        PppoeDiscovery = 0x8863,
        PppoeSession = 0x8864,
        Jumbo = 0x8870,
        QinQ = 0x88a8,
        Lldp = 0x88cc,
        Loopback = 0x9000,
        Vlan9100 = 0x9100,
        Vlan9200 = 0x9200,
        PppoeDiscovery2 = 0x3c12,
        PppoeSession2 = 0x3c13;

    /// <summary>The largest value that is a length and no type.</summary>
    public const int LargestLength = 1500;

    public static bool IsVlan(int type) => type is Vlan or QinQ or Vlan9100 or Vlan9200;

    public static ReadOnlySpan<byte> NameOf(int type) => type switch
    {
        Ip4 => "IPv4"u8,
        Mpls => "MPLS unicast"u8,
        MplsMulticast => "MPLS multicast"u8,
        Ip6 => "IPv6"u8,
        Vlan => "802.1Q"u8,
        Vlan9100 => "802.1Q-9100"u8,
        QinQ => "802.1Q-QinQ"u8,
        Vlan9200 => "802.1Q-9200"u8,
        0x0200 => "PUP"u8,
        Arp => "ARP"u8,
        ReverseArp => "Reverse ARP"u8,
        0x0600 => "NS"u8,
        0x0500 => "Sprite"u8,
        0x0707 => "GeoNet (old)"u8,
        Trailer => "Trail"u8,
        0x1111 => "CALM FAST"u8,
        0x6001 => "MOP DL"u8,
        0x6002 => "MOP RC"u8,
        0x6003 => "DN"u8,
        0x6004 => "LAT"u8,
        0x6007 => "SCA"u8,
        TransparentEthernet => "TEB"u8,
        0x8038 => "Lanbridge"u8,
        0x803c => "DEC DNS"u8,
        0x803e => "DEC DTS"u8,
        0x805b => "VEXP"u8,
        0x805c => "VPROD"u8,
        0x809b => "Appletalk"u8,
        0x80f3 => "Appletalk ARP"u8,
        0x8137 => "IPX"u8,
        0x8808 => "MPCP"u8,
        0x8809 => "Slow Protocols"u8,
        Ppp => "PPP"u8,
        PppoeDiscovery => "PPPoE D"u8,
        PppoeSession => "PPPoE S"u8,
        0x886f => "MS NLB heartbeat"u8,
        Jumbo => "Jumbo"u8,
        0x888e => "EAPOL"u8,
        0x8899 => "Realtek protocols"u8,
        0x88a2 => "AoE"u8,
        0x88ca => "TIPC"u8,
        Lldp => "LLDP"u8,
        0x88e5 => "802.1AE MACsec"u8,
        0x88f7 => "PTP"u8,
        0x8902 => "CFM"u8,
        0x893a => "IEEE1905.1"u8,
        0x8947 => "GeoNet"u8,
        0x894f => "NSH"u8,
        Loopback => "Loopback"u8,
        0xabcd => "CFM (old)"u8,
        0xfefe => "OSI"u8,
        0x00fe => "GRE-OSI"u8,
        _ => default,
    };
}
