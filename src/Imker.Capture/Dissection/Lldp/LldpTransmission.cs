namespace Imker.Capture.Dissection;

/// <summary>Enhanced transmission selection, application priorities (IEEE 802.1Qaz) and virtual bridging (IEEE 802.1Qbg).</summary>
internal static class LldpTransmission
{
    public static void Print(ref Dissection d, int at, bool isRecommendation)
    {
        byte word = d.U8(at);
        if (isRecommendation)
        {
            d.Say("\n\t    RES: "u8, word);
        }
        else
        {
            d.Say("\n\t    Willing:"u8, word >> 7);
            d.Say(", CBS:"u8, word >> 6 & 2);
            d.Say(", RES:"u8, word >> 3 & 7);
            d.Say(", Max TCs:"u8, word & 7);
        }
        d.Say("\n\t    Priority Assignment Table"u8);
        d.Say("\n\t     Priority : 0   1   2   3   4   5   6   7"u8);
        d.Say("\n\t     Value    : "u8);
        for (int i = 0; i < 8; i++)
            SayColumn(ref d, i % 2 == 0 ? d.U8(at + 1 + i / 2) >> 4 : d.U8(at + 1 + i / 2) & 15, i);
        PrintTable(ref d, "\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value : "u8, at + 5);
        PrintTable(ref d, "\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7\n\t     Value        : "u8, at + 13);
    }

    public static void PrintApplications(ref Dissection d, int at, int size)
    {
        d.Say("\n\t    RES: "u8, d.U8(at + 4));
        if (size <= 5 || (size - 5) % 3 != 0)
            return;
        d.Say("\n\t    Application Priority Table"u8);
        for (int i = at + 5; i < at + size; i += 3)
        {
            byte word = d.U8(i);
            d.Say("\n\t      Priority: "u8, word >> 5);
            d.Say(", RES: "u8, word >> 3 & 3);
            d.Say(", Sel: "u8, word & 7);
            d.Say(", Protocol ID: "u8, d.U16(i + 1));
        }
    }

    public static void PrintVirtualBridging(ref Dissection d, int at)
    {
        byte bridge = d.U8(at + 4), station = d.U8(at + 5), retries = d.U8(at + 6), mode = d.U8(at + 7), keep = d.U8(at + 8);
        d.Say("\n\t    EVB Bridge Status"u8);
        d.Say("\n\t      RES: "u8, bridge >> 3);
        d.Say(", BGID: "u8, bridge >> 2 & 1);
        d.Say(", RRCAP: "u8, bridge >> 1 & 1);
        d.Say(", RRCTR: "u8, bridge & 1);
        d.Say("\n\t    EVB Station Status"u8);
        d.Say("\n\t      RES: "u8, station >> 4);
        d.Say(", SGID: "u8, station >> 3 & 1);
        d.Say(", RRREQ: "u8, station >> 2 & 1);
        d.Say(",RRSTAT: "u8, station & 3);
        d.Say("\n\t    R: "u8, retries >> 5);
        d.Say(", RTE: "u8, retries & 31, ", "u8);
        d.Say("EVB Mode: "u8);
        d.Say((mode >> 6) switch { 0 => "Not Supported"u8, 1 => "EVB Bridge"u8, 2 => "EVB Staion"u8, _ => "Reserved for future Standardization"u8 });
        d.Say(" ["u8, mode >> 6, "]"u8);
        d.Say("\n\t    ROL: "u8, mode >> 5 & 1);
        d.Say(", RWD: "u8, mode & 31, ", "u8);
        d.Say("RES: "u8, keep >> 6);
        d.Say(", ROL: "u8, keep >> 5 & 1);
        d.Say(", RKA: "u8, keep & 31);
    }

    public static void PrintChannels(ref Dissection d, int at, int size)
    {
        byte word = d.U8(at + 4);
        d.Say("\n\t    Role: "u8, word >> 7);
        d.Say(", RES: "u8, word >> 4 & 7);
        d.Say(", Scomp: "u8, word >> 3 & 1, " "u8);
        d.Say("ChnCap: "u8, d.U16(at + 6) & 0xfff);
        if ((size - 8) % 3 != 0)
            return;
        for (int i = at + 8; i < at + size; i += 3)
        {
            uint channel = d.U24(i);
            d.Say("\n\t    SCID: "u8, channel >> 12);
            d.Say(", SVID: "u8, channel & 0xfff);
        }
    }

    private static void PrintTable(ref Dissection d, ReadOnlySpan<byte> title, int at)
    {
        d.Say(title);
        for (int i = 0; i < 8; i++)
            SayColumn(ref d, d.U8(at + i), i);
    }

    private static void SayColumn(ref Dissection d, int value, int index)
    {
        d.Decimal(value);
        for (int width = value >= 100 ? 3 : value >= 10 ? 2 : 1; width < (index < 7 ? 4 : 3); width++)
            d.Say(" "u8);
        if (value >= 1000)
            d.Say(" "u8);
    }
}
