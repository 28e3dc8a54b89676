using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>tcpdump's names for the protocols inside PPP.</summary>
internal static class PppProtocolName
{
    public static ReadOnlySpan<byte> Of(int protocol) => protocol switch
    {
        PppProtocol.Ip4 => "IP"u8,
        PppProtocol.Osi => "OSI"u8,
        PppProtocol.NetworkSystems => "NS"u8,
        PppProtocol.Decnet => "DECNET"u8,
        PppProtocol.AppleTalk => "APPLE"u8,
        PppProtocol.Ipx => "IPX"u8,
        PppProtocol.CompressedTcp => "VJC IP"u8,
        PppProtocol.UncompressedTcp => "VJNC IP"u8,
        PppProtocol.Bridging => "BRPDU"u8,
        0x0033 => "STII"u8,
        0x0035 => "VINES"u8,
        PppProtocol.Mpls or PppProtocol.MplsMulticast => "MPLS"u8,
        PppProtocol.Compressed => "Compressed"u8,
        PppProtocol.Multilink => "MLPPP"u8,
        PppProtocol.Ip6 => "IP6"u8,
        0x0201 => "HELLO"u8,
        0x0231 => "LUXCOM"u8,
        0x0233 => "SNS"u8,
        PppProtocol.IpControl => "IPCP"u8,
        PppProtocol.OsiControl => "OSICP"u8,
        0x8025 => "NSCP"u8,
        0x8027 => "DECNETCP"u8,
        0x8029 => "APPLECP"u8,
        0x802b => "IPXCP"u8,
        0x8033 => "STIICP"u8,
        0x8035 => "VINESCP"u8,
        PppProtocol.Ip6Control => "IP6CP"u8,
        PppProtocol.MplsControl => "MPLSCP"u8,
        PppProtocol.LinkControl => "LCP"u8,
        PppProtocol.Password => "PAP"u8,
        0xc025 => "LQM"u8,
        PppProtocol.Challenge => "CHAP"u8,
        0xc227 => "EAP"u8,
        0xc027 => "SPAP"u8,
        0xc123 => "Old-SPAP"u8,
        PppProtocol.BandwidthControl => "BACP"u8,
        PppProtocol.Bandwidth => "BAP"u8,
        0x803d => "MLPPP-CP"u8,
        PppProtocol.CompressionControl => "CCP"u8,
        _ => default,
    };
}
