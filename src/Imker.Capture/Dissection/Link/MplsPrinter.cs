namespace Imker.Capture.Dissection;

/// <summary>A stack of labels (RFC 3032, 5462), and what is guessed to be behind it.</summary>
internal static class MplsPrinter
{
    private const int EntryLength = 4;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "mpls"u8;
        if (!d.TryNest())
            return;
        PrintStack(ref d, at, length);
        d.Unnest();
    }

    private static void PrintStack(ref Dissection d, int at, int length)
    {
        d.Say("MPLS"u8);
        d.Layer("mpls"u8);
        d.BeginList("stack"u8);
        uint entry;
        bool isFirst = true;
        do
        {
            if (length < EntryLength)
            {
                d.EndList();
                d.SayInvalid();
                return;
            }
            entry = d.U32(at);
            if (d.IsStopped)
                return;
            PrintEntry(ref d, entry, isFirst);
            isFirst = false;
            at += EntryLength;
            length -= EntryLength;
        }
        while ((entry & 0x100) == 0);
        d.EndList();
        PrintPayload(ref d, at, length, entry >> 12);
    }

    private static void PrintEntry(ref Dissection d, uint entry, bool isFirst)
    {
        uint label = entry >> 12;
        d.BeginItem();
        d.Note("label"u8, label);
        d.Note("traffic_class"u8, entry >> 9 & 7);
        d.Note("bottom"u8, (entry & 0x100) != 0);
        d.Note("ttl"u8, entry & 0xff);
        d.EndItem();
        d.Say(!isFirst && d.IsVerbose ? "\n\t(label "u8 : " (label "u8, label);
        if (d.IsVerbose && label < 16)
        {
            d.Say(label switch
            {
                0 => " (IPv4 explicit NULL)"u8,
                1 => " (router alert)"u8,
                2 => " (IPv6 explicit NULL)"u8,
                3 => " (implicit NULL)"u8,
                _ => " (rsvd)"u8,
            });
        }
        d.Say(", tc "u8, entry >> 9 & 7);
        if ((entry & 0x100) != 0)
            d.Say(", [S]"u8);
        d.Say(", ttl "u8, entry & 0xff, ")"u8);
    }

    private static void PrintPayload(ref Dissection d, int at, int length, uint label)
    {
        int version = label switch { 0 or 3 => 4, 2 => 6, _ => 0 };
        if (version == 0)
        {
            if (length < 1)
                return;
            byte first = d.U8(at);
            version = first switch { >= 0x45 and <= 0x4f => 4, >= 0x60 and <= 0x6f => 6, _ => 0 };
        }
        if (version == 0)
        {
            d.Unknown(at, length);
            return;
        }
        d.Say(d.IsVerbose ? "\n\t"u8 : " "u8);
        if (version == 4)
            Ipv4Printer.Print(ref d, at, length);
        else
            Ipv6Printer.Print(ref d, at, length);
    }
}
