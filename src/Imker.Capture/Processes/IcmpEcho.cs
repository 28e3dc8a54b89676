using Imker.Filter.Protocols;

namespace Imker.Capture;

/// <summary>The messages of ICMP that are asked and answered by an id, which a socket has as a port (IANA's ICMP parameters).</summary>
/// <param name="Protocol">ICMP, or ICMPv6.</param>
internal readonly record struct IcmpEcho(byte Protocol, byte Request, byte Answer)
{
    /// <summary>Echoes, time stamps, information, masks; extended echoes.</summary>
    internal static IcmpEcho[] All() =>
    [
        new(IpProtocol.Icmp, 8, 0), new(IpProtocol.Icmp, 13, 14), new(IpProtocol.Icmp, 15, 16), new(IpProtocol.Icmp, 17, 18), new(IpProtocol.Icmp, 42, 43),
        new(IpProtocol.Icmp6, 128, 129), new(IpProtocol.Icmp6, 160, 161),
    ];

    /// <summary>Whether a message quotes the packet that it complains about: its receiver is that packet's sender.</summary>
    internal static bool IsError(byte protocol, byte type) => protocol == IpProtocol.Icmp ? type is 3 or 4 or 5 or 11 or 12 : type is >= 1 and <= 4;
}
