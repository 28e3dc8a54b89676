namespace Imker.Filter.Generation;

/// <summary>Protocol numbers in Ethernet headers (IEEE 802 numbers); what is no larger than <see cref="MaxLength"/> is a length, or an LLC address.</summary>
internal static class EtherType
{
    /// <summary>The largest length of a frame (IEEE 802.3).</summary>
    public const uint MaxLength = 1500;

    public const uint
        Ip = 0x0800,
        Arp = 0x0806,
        ReverseArp = 0x8035,
        Ip6 = 0x86dd,
        NetworkSystems = 0x0600,
        MopDl = 0x6001,
        MopRc = 0x6002,
        Decnet = 0x6003,
        Batman = 0x4305,
        Lat = 0x6004,
        Sca = 0x6007,
        TransparentBridging = 0x6558,
        AppleTalk = 0x809b,
        Aarp = 0x80f3,
        Vlan = 0x8100,
        Ipx = 0x8137,
        Mpls = 0x8847,
        PppoeDiscovery = 0x8863,
        PppoeSession = 0x8864,
        Slow = 0x8809,
        ServiceVlan = 0x88a8,
        Lldp = 0x88cc,
        Loopback = 0x9000,
        QinQ = 0x9100;
}
