namespace Imker.Filter.Protocols;

/// <summary>Protocols above IP (IANA protocol numbers), and headers between IPv6 and them.</summary>
public static class IpProtocol
{
    public const byte
        HopOptions = 0,
        Icmp = 1,
        Igmp = 2,
        Ip4 = 4,
        Tcp = 6,
        Igrp = 9,
        Udp = 17,
        Dccp = 33,
        Ip6 = 41,
        Routing = 43,
        Fragment = 44,
        Gre = 47,
        Esp = 50,
        Ah = 51,
        Icmp6 = 58,
        NoNext = 59,
        DestinationOptions = 60,
        MobilityOld = 62,
        NetDisk = 77,
        Pim = 103,
        CompressedIp = 108,
        Vrrp = 112,
        Sctp = 132,
        Mobility = 135,
        UdpLite = 136,
        Ethernet = 143;
}
