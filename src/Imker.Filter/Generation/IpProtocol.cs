namespace Imker.Filter.Generation;

/// <summary>Protocols above IP (IANA protocol numbers).</summary>
internal static class IpProtocol
{
    public const uint
        HopByHop = 0,
        Icmp = 1,
        Igmp = 2,
        Tcp = 6,
        Igrp = 9,
        Udp = 17,
        Routing = 43,
        Fragment = 44,
        Esp = 50,
        Ah = 51,
        Icmp6 = 58,
        NoNext = 59,
        DestinationOptions = 60,
        Pim = 103,
        Vrrp = 112,
        Sctp = 132;
}
