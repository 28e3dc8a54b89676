namespace Imker.Capture.Dissection;

/// <summary>Who listens to which group, of IPv4: versions 1 to 3 (RFC 1112, 2236, 3376).</summary>
internal static class IgmpPrinter
{
    private const byte
        Query = 0x11,
        Report1 = 0x12,
        Report2 = 0x16,
        Leave = 0x17,
        TraceResponse = 0x1e,
        Trace = 0x1f,
        Report3 = 0x22;

    private const int UsualResponseTime = 100, Ipv4Length = 4;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "igmp"u8;
        if (d.Context.IsQuick)
        {
            d.Say("igmp"u8);
            return;
        }
        byte type = d.U8(at);
        d.Layer("igmp"u8);
        d.Note("type"u8, type);
        switch (type)
        {
            case Query when length >= 12:
                d.Say("igmp query v3"u8);
                PrintQuery3(ref d, at, length);
                break;
            case Query:
                PrintQuery(ref d, at, length);
                break;
            case Report1 or Report2 or Leave:
                PrintGroup(ref d, at, length, type);
                break;
            case Report3:
                d.Say("igmp v3 report"u8);
                PrintReport3(ref d, at, length);
                break;
            case 0x13:
                d.Say("igmp dvmrp"u8);
                if (length < 8)
                    d.Say(" [len "u8, length, "]"u8);
                break;
            case 0x14:
                d.Say("igmp pimv1"u8);
                break;
            case Trace or TraceResponse:
                PrintTrace(ref d, at, length, type == Trace ? "mtrace "u8 : "mresp "u8);
                break;
            default:
                d.Say("igmp-"u8, type);
                break;
        }
        if (d.IsVerbose && length >= 4 && d.Has(at, length) && d.Checksum(at, length) != 0)
        {
            d.Say(" bad igmp cksum "u8, d.U16(at + 2), 1);
            d.Say("!"u8);
        }
    }

    private static void PrintQuery(ref Dissection d, int at, int length)
    {
        d.Say("igmp query"u8);
        byte time = d.U8(at + 1);
        d.Say(time != 0 ? " v2"u8 : " v1"u8);
        if (time != 0 && time != UsualResponseTime)
            d.Say(" [max resp time "u8, time, "]"u8);
        if (d.U32(at + 4) != 0)
        {
            d.Say(" [gaddr "u8);
            d.Ip4("group"u8, at + 4);
            d.Say("]"u8);
        }
        if (length != 8)
            d.Say(" [len "u8, length, "]"u8);
    }

    private static void PrintGroup(ref Dissection d, int at, int length, byte type)
    {
        if (!d.Require(at + 4, 4))
            return;
        d.Say(type switch { Report1 => "igmp v1 report "u8, Report2 => "igmp v2 report "u8, _ => "igmp leave "u8 });
        d.Ip4("group"u8, at + 4);
        if (type == Report1 && length != 8)
            d.Say(" [len "u8, length, "]"u8);
    }

    private static void PrintQuery3(ref Dissection d, int at, int length)
    {
        if ((length & 3) != 0)
        {
            d.Say(" [invalid len "u8, length, "]"u8);
            return;
        }
        int code = d.U8(at + 1);
        int tenths = code < 128 ? code : (code & 15 | 16) << ((code >> 4 & 7) + 3);
        d.Note("max_response_tenths"u8, tenths);
        if (code != UsualResponseTime)
        {
            d.Say(" [max resp time "u8);
            if (tenths < 600)
            {
                d.Fixed(tenths * 0.1, 1);
                d.Say("s"u8);
            }
            else
            {
                d.Duration((uint)tenths / 10);
            }
            d.Say("]"u8);
        }
        if (d.U32(at + 4) == 0)
            return;
        d.Say(" [gaddr "u8);
        d.Ip4("group"u8, at + 4);
        int sources = d.U16(at + 10);
        if (sources > 0)
        {
            if (length < 12 + 4 * sources)
                d.Say(" [invalid number of sources]"u8);
            else if (d.Verbosity > 1)
                GroupRecords.PrintSources(ref d, at + 12, sources, Ipv4Length);
            else
                d.Say(", "u8, sources, " source(s)"u8);
        }
        d.Say("]"u8);
    }

    private static void PrintReport3(ref Dissection d, int at, int length)
    {
        if (length < 16 || (length & 3) != 0)
        {
            d.Say(" [invalid len "u8, length, "]"u8);
            return;
        }
        GroupRecords.Print(ref d, at, length, Ipv4Length);
    }

    private static void PrintTrace(ref Dissection d, int at, int length, ReadOnlySpan<byte> title)
    {
        if (length < 24)
        {
            d.Say(" [invalid len "u8, length, "]"u8);
            return;
        }
        if (!d.Require(at + 8, 16))
            return;
        uint last = d.U32(at + 20);
        d.Say(title, last & 0xffffff, ": "u8);
        d.Ip4("source"u8, at + 8);
        d.Say(" to "u8);
        d.Ip4("destination"u8, at + 12);
        d.Say(" reply-to "u8);
        d.Ip4("reply_to"u8, at + 16);
        if (d.U32(at + 16) >> 28 == 0xe)
            d.Say(" with-ttl "u8, last >> 24);
    }
}
