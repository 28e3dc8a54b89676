namespace Imker.Linux;

/// <summary>What kind of device an interface is (<c>ARPHRD_…</c>, linux/if_arp.h).</summary>
public static class HardwareType
{
    public const int
        Ethernet = 1,
        Can = 280,
        RawIp = 519,
        Loopback = 772,
        Fddi = 774,
        Ieee80211 = 801,
        Prism = 802,
        Radiotap = 803,
        Netlink = 824,
        None = 0xfffe;
}
