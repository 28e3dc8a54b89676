namespace Imker.Filter.Protocols;

/// <summary>Protocols above PPP (RFC 1661 and IANA's list).</summary>
public static class PppProtocol
{
    public const ushort
        Ip4 = 0x0021,
        Osi = 0x0023,
        NetworkSystems = 0x0025,
        Decnet = 0x0027,
        AppleTalk = 0x0029,
        Ipx = 0x002b,
        CompressedTcp = 0x002d,
        UncompressedTcp = 0x002f,
        Bridging = 0x0031,
        Multilink = 0x003d,
        Ip6 = 0x0057,
        Compressed = 0x00fd,
        Mpls = 0x0281,
        MplsMulticast = 0x0283,
        IpControl = 0x8021,
        OsiControl = 0x8023,
        Ip6Control = 0x8057,
        CompressionControl = 0x80fd,
        MplsControl = 0x8281,
        LinkControl = 0xc021,
        Password = 0xc023,
        BandwidthControl = 0xc02b,
        Bandwidth = 0xc02d,
        Challenge = 0xc223;
}
