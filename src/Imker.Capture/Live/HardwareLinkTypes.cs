namespace Imker.Capture;

/// <summary>What the packets of an interface begin with, by its kind (<c>ARPHRD_…</c>, linux/if_arp.h).</summary>
internal static class HardwareLinkTypes
{
    internal const int Ethernet = 1, RawIp = 12, Docsis = 143, Cooked = 113, Cooked2 = 276;

    private const ushort EthernetHardware = 1, LoopbackHardware = 772, NoHardware = 0xfffe, RawIpHardware = 519, CanHardware = 280, NetlinkHardware = 824;
    private const ushort Ieee80211Hardware = 801, PrismHardware = 802, RadiotapHardware = 803, FddiHardware = 774;

    /// <summary>The DLT values that an interface's packets can be captured as, the usual one first.</summary>
    internal static int[] Of(int hardwareType) => hardwareType switch
    {
        EthernetHardware => [Ethernet, Docsis],
        LoopbackHardware => [Ethernet],
        NoHardware or RawIpHardware => [RawIp],
        CanHardware => [227],
        NetlinkHardware => [253],
        Ieee80211Hardware => [105],
        PrismHardware => [119],
        RadiotapHardware => [127],
        FddiHardware => [10],
        _ => [Cooked],
    };
}
