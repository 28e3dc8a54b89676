using Imker.Filter;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>What the packets of an interface begin with, by its kind.</summary>
internal static class HardwareLinkTypes
{
    /// <summary>The types that an interface's packets can be captured as, the usual one first.</summary>
    /// <param name="hardwareType">One of <see cref="HardwareType"/>, or another of linux/if_arp.h.</param>
    internal static LinkType[] Of(int hardwareType) => hardwareType switch
    {
        HardwareType.Ethernet => [LinkType.Ethernet, LinkType.Docsis],
        HardwareType.Loopback => [LinkType.Ethernet],
        HardwareType.None or HardwareType.RawIp => [LinkType.Raw],
        HardwareType.Can => [LinkType.CanSocketcan],
        HardwareType.Netlink => [LinkType.Netlink],
        HardwareType.Ieee80211 => [LinkType.Wlan],
        HardwareType.Prism => [LinkType.WlanPrism],
        HardwareType.Radiotap => [LinkType.WlanRadiotap],
        HardwareType.Fddi => [LinkType.Fddi],
        _ => [LinkType.LinuxSll],
    };
}
