namespace Imker.Filter.Protocols;

/// <summary>Protocol numbers in Ethernet headers (IEEE 802 numbers); what is no larger than <see cref="LargestLength"/> is a length.</summary>
public static class EtherType
{
    /// <summary>The largest length of a frame (IEEE 802.3).</summary>
    public const ushort LargestLength = 1500;

    public const ushort
        NetworkSystems = 0x0600,
        Ip4 = 0x0800,
        Arp = 0x0806,
        Trailer = 0x1000,
        PppoeDiscovery2 = 0x3c12,
        PppoeSession2 = 0x3c13,
        Batman = 0x4305,
        MopDl = 0x6001,
        MopRc = 0x6002,
        Decnet = 0x6003,
        Lat = 0x6004,
        Sca = 0x6007,
        TransparentBridging = 0x6558,
        ReverseArp = 0x8035,
        AppleTalk = 0x809b,
        Aarp = 0x80f3,
        Vlan = 0x8100,
        Ipx = 0x8137,
        Ip6 = 0x86dd,
        Slow = 0x8809,
        Ppp = 0x880b,
        Mpls = 0x8847,
        MplsMulticast = 0x8848,
        PppoeDiscovery = 0x8863,
        PppoeSession = 0x8864,
        Jumbo = 0x8870,
        ServiceVlan = 0x88a8,
        Lldp = 0x88cc,
        Loopback = 0x9000,
        Vlan9100 = 0x9100,
        Vlan9200 = 0x9200;
}
