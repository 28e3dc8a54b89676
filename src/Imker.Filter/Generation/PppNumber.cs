using Imker.Filter.Protocols;

namespace Imker.Filter.Generation;

/// <summary>What PPP numbers the protocols that Ethernet and IEEE 802.2 number otherwise.</summary>
internal static class PppNumber
{
    /// <summary>The PPP protocol of an Ethernet type or LLC address; the number itself where there is none.</summary>
    public static uint Of(uint protocol) => protocol switch
    {
        EtherType.Ip4 => PppProtocol.Ip4,
        EtherType.Ip6 => PppProtocol.Ip6,
        EtherType.Decnet => PppProtocol.Decnet,
        EtherType.AppleTalk => PppProtocol.AppleTalk,
        EtherType.NetworkSystems => PppProtocol.NetworkSystems,
        LlcAddress.Iso => PppProtocol.Osi,
        LlcAddress.SpanningTree => PppProtocol.Bridging,
        LlcAddress.Ipx => PppProtocol.Ipx,
        _ => protocol,
    };
}
