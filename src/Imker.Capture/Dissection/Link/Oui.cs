namespace Imker.Capture.Dissection;

/// <summary>Who gives out numbers below his own: the few that tcpdump names.</summary>
internal static class Oui
{
    public const uint
        Ethernet = 0x000000,
        Cisco = 0x00000c,
        Cisco90 = 0x0000f8,
        Iana = 0x00005e,
        Bridged = 0x0080c2,
        AppleTalk = 0x080007,
        Dcbx = 0x001b21,
        Ieee8023 = 0x00120f,
        Tia = 0x0012bb;

    public static ReadOnlySpan<byte> NameOf(uint oui) => oui switch
    {
        Ethernet => "Ethernet"u8,
        Iana => "IANA"u8,
        Cisco => "Cisco"u8,
        Cisco90 => "Cisco bridged"u8,
        Bridged => "Ethernet bridged"u8,
        AppleTalk => "Appletalk"u8,
        _ => default,
    };
}
