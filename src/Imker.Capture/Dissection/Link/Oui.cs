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
        Dcbx => "DCBX"u8,
        Ieee8023 => "IEEE 802.3 Private"u8,
        Tia => "ANSI/TIA"u8,
        0x000081 => "Nortel Networks SONMP"u8,
        0x00049f => "Freescale"u8,
        0x0004ea => "HP-Labs"u8,
        0x002320 => "Nicira Networks"u8,
        0x002481 => "HP"u8,
        0x009069 => "Juniper"u8,
        0x00a03e => "ATM Forum"u8,
        0x080009 => "Hewlett-Packard"u8,
        0x5c16c7 => "Big Switch Networks"u8,
        0x748771 => "Infoblox Inc"u8,
        0xa42305 => "Open Networking Lab"u8,
        0xb0d2f5 => "Vello Systems"u8,
        _ => default,
    };
}
