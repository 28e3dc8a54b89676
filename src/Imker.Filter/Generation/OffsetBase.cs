namespace Imker.Filter.Generation;

/// <summary>What an offset is counted from.</summary>
internal enum OffsetBase
{
    Packet,
    LinkHeader,

    /// <summary>The link-layer header outside of the present one.</summary>
    OuterLinkHeader,

    /// <summary>The field that tells the protocol above the link layer.</summary>
    LinkType,

    /// <summary>The IEEE 802.2 header: what follows the link-layer header.</summary>
    Llc,
    OuterMpls,

    /// <summary>The network header, behind a SNAP header where there are LLC headers.</summary>
    Network,

    /// <summary>The network header directly behind an LLC header.</summary>
    NetworkWithoutSnap,
    TransportOverIp4,
    TransportOverIp6,
}
