namespace Imker.Capture.Dissection;

/// <summary>What IEEE 802.1 adds to LLDP: VLANs (802.1Q annex D) and data centre bridging (802.1Qaz and others).</summary>
internal static class Lldp8021
{
    private static readonly FlagNames ProtocolVlanFlags = new((2, "supported"), (4, "enabled"));

    /// <returns>Whether nobody knows it.</returns>
    public static bool Print(ref Dissection d, int at, int size)
    {
        if (size < 4)
            return false;
        byte subtype = d.U8(at + 3);
        LldpPrinter.SaySubtype(ref d, NameOf(subtype), subtype);
        switch (subtype)
        {
            case 1 when size >= 6:
                d.Number("\n\t    port vlan id (PVID): "u8, "port_vlan"u8, d.U16(at + 4));
                break;
            case 2 when size >= 7:
                d.Say("\n\t    port and protocol vlan id (PPVID): "u8, d.U16(at + 5));
                LldpPrinter.SayFlags(ref d, ", flags ["u8, ProtocolVlanFlags, d.U8(at + 4), "none"u8, 2);
                break;
            case 3 when size >= 6:
                PrintVlanName(ref d, at, size);
                break;
            case 4 when size >= 5:
                int length = d.U8(at + 4);
                if (size < 5 + length)
                    break;
                d.Say("\n\t    protocol identity: "u8);
                d.PaddedTextOrStop(at + 5, length);
                break;
            case 8 when size >= 6:
                PrintPriorityBits(ref d, "\n\t    Pre-Priority CNPV Indicator"u8, d.U8(at + 4));
                PrintPriorityBits(ref d, "\n\t    Pre-Priority Ready Indicator"u8, d.U8(at + 5));
                break;
            case 9 or 10 when size >= 25:
                LldpTransmission.Print(ref d, at + 4, isRecommendation: subtype == 10);
                break;
            case 11 when size >= 6:
                PrintFlowControl(ref d, at);
                break;
            case 12 when size >= 5:
                LldpTransmission.PrintApplications(ref d, at, size);
                break;
            case 13 when size >= 9:
                LldpTransmission.PrintVirtualBridging(ref d, at);
                break;
            case 14 when size >= 8:
                LldpTransmission.PrintChannels(ref d, at, size);
                break;
            default:
                return NameOf(subtype).IsEmpty;
        }
        return false;
    }

    private static void PrintVlanName(ref Dissection d, int at, int size)
    {
        d.Say("\n\t    vlan id (VID): "u8, d.U16(at + 4));
        if (size < 7)
            return;
        int length = d.U8(at + 6);
        if (size < 7 + length)
            return;
        d.Say("\n\t    vlan name: "u8);
        d.PaddedTextOrStop(at + 7, length);
    }

    private static void PrintFlowControl(ref Dissection d, int at)
    {
        byte word = d.U8(at + 4);
        d.Say("\n\t    Willing: "u8, word >> 7);
        d.Say(", MBC: "u8, word >> 6 & 1);
        d.Say(", RES: "u8, word >> 4 & 3);
        d.Say(", PFC cap:"u8, word & 15, " "u8);
        PrintPriorityBits(ref d, "\n\t    PFC Enable"u8, d.U8(at + 5));
    }

    private static void PrintPriorityBits(ref Dissection d, ReadOnlySpan<byte> title, byte bits)
    {
        d.Say(title);
        d.Say("\n\t     Priority : 0  1  2  3  4  5  6  7"u8);
        d.Say("\n\t     Value    : "u8);
        for (int i = 0; i < 8; i++)
            d.Say(default, bits >> i & 1, "  "u8);
    }

    private static ReadOnlySpan<byte> NameOf(byte subtype) => subtype switch
    {
        1 => "Port VLAN Id"u8,
        2 => "Port and Protocol VLAN ID"u8,
        3 => "VLAN name"u8,
        4 => "Protocol Identity"u8,
        8 => "Congestion Notification"u8,
        9 => "ETS Configuration"u8,
        10 => "ETS Recommendation"u8,
        11 => "Priority Flow Control Configuration"u8,
        12 => "Application Priority"u8,
        13 => "EVB"u8,
        14 => "CDCP"u8,
        _ => default,
    };
}
