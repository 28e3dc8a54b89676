namespace Imker.Capture.Dissection;

/// <summary>Who listens to which group, of IPv6: versions 1 (RFC 2710) and 2 (RFC 3810).</summary>
internal static class ListenerPrinter
{
    private const int Version1Length = 24, Version2Length = 28, Ipv6Length = 16;

    public static void Print(ref Dissection d, int at, int length, byte type)
    {
        if (type == Icmp6Printer.ListenerReport2)
            PrintReport(ref d, at, length);
        else if (type != Icmp6Printer.ListenerQuery || length == Version1Length)
            PrintVersion1(ref d, at);
        else if (length >= Version2Length)
            PrintQuery(ref d, at, length);
        else
            d.Say(" unknown-version (len "u8, length, ") "u8);
    }

    private static void PrintVersion1(ref Dissection d, int at)
    {
        if (!d.Has(at, Version1Length))
            return;
        d.Number("max resp delay: "u8, "max_response_delay"u8, d.U16(at + 4));
        d.Say(" addr: "u8);
        d.Ip6("group"u8, at + 8);
    }

    private static void PrintReport(ref Dissection d, int at, int length)
    {
        if (length < 8)
        {
            d.Say(" [invalid len "u8, length, "]"u8);
            return;
        }
        GroupRecords.Print(ref d, at, length, Ipv6Length);
    }

    private static void PrintQuery(ref Dissection d, int at, int length)
    {
        d.Say(" v2"u8);
        int code = d.U16(at + 4);
        if (d.IsVerbose)
            d.Say(" [max resp delay="u8, code < 32768 ? code : (code & 0xfff | 0x1000) << ((code >> 12 & 7) + 3), "]"u8);
        if (!d.Require(at + 8, 16))
            return;
        d.Say(" [gaddr "u8);
        d.Ip6("group"u8, at + 8);
        if (d.IsVerbose)
            PrintRobustness(ref d, d.U8(at + 24), at + 25);
        int sources = d.U16(at + 26);
        if (sources > 0)
        {
            if (length < Version2Length + 16 * sources)
                d.Say(" [invalid number of sources]"u8);
            else if (d.Verbosity > 1)
                GroupRecords.PrintSources(ref d, at + Version2Length, sources, Ipv6Length);
            else
                d.Say(", "u8, sources, " source(s)"u8);
        }
        d.Say("]"u8);
    }

    private static void PrintRobustness(ref Dissection d, byte flags, int intervalAt)
    {
        if ((flags & 8) != 0)
            d.Say(" sflag"u8);
        if ((flags & 7) != 0)
            d.Say(" robustness="u8, flags & 7);
        int interval = d.U8(intervalAt);
        d.Say(" qqi="u8, interval < 128 ? interval : (interval & 15 | 16) << ((interval >> 4 & 7) + 3));
    }
}
