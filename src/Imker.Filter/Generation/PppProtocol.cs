namespace Imker.Filter.Generation;

/// <summary>Protocols above PPP (IANA PPP numbers).</summary>
internal static class PppProtocol
{
    public const uint
        Ip = 0x0021,
        Osi = 0x0023,
        NetworkSystems = 0x0025,
        Decnet = 0x0027,
        AppleTalk = 0x0029,
        Ipx = 0x002b,
        CompressedTcp = 0x002d,
        UncompressedTcp = 0x002f,
        Bridging = 0x0031,
        Ip6 = 0x0057,
        MplsUnicast = 0x0281;

    /// <summary>The PPP protocol of an Ethernet type or LLC address; the number itself where there is none.</summary>
    public static uint FromEtherType(uint protocol) => protocol switch
    {
        EtherType.Ip => Ip,
        EtherType.Ip6 => Ip6,
        EtherType.Decnet => Decnet,
        EtherType.AppleTalk => AppleTalk,
        EtherType.NetworkSystems => NetworkSystems,
        LlcAddress.Iso => Osi,
        LlcAddress.SpanningTree => Bridging,
        LlcAddress.Ipx => Ipx,
        _ => protocol,
    };
}
