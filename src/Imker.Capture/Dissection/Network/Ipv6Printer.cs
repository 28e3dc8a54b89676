namespace Imker.Capture.Dissection;

/// <summary>Internet Protocol version 6 (RFC 8200), with its chain of extension headers.</summary>
internal static class Ipv6Printer
{
    private const int HeaderLength = 40;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "ip6"u8;
        if (!d.Has(at, HeaderLength))
        {
            d.SayTruncated();
            return;
        }
        if (length < HeaderLength)
        {
            d.Say("truncated-ip6 "u8, length);
            return;
        }
        if (!d.Context.ShowsLink)
            d.Say("IP6 "u8);
        int version = d.U8(at) >> 4;
        if (version != 6)
        {
            d.Say("version error: "u8, version, " != 6"u8);
            return;
        }
        if (!d.TryNest())
            return;
        PrintDatagram(ref d, at, length);
        d.Unnest();
    }

    private static void PrintDatagram(ref Dissection d, int at, int length)
    {
        uint payload = d.U16(at + 4);
        long total = payload != 0 ? payload + HeaderLength : length + HeaderLength;
        if (payload != 0 && length < total)
            d.Say("truncated-ip6 - "u8, total - length, " bytes missing!"u8);
        NoteHeader(ref d, at);
        if (d.IsVerbose)
            PrintVerbose(ref d, at, payload);
        int end = d.LimitEnd((int)Math.Min(int.MaxValue, at + total));
        var chain = new Ipv6Chain(at, length, end, payload);
        Ipv6ChainPrinter.Print(ref d, chain, total);
        d.RestoreEnd(end);
    }

    private static void NoteHeader(ref Dissection d, int at)
    {
        if (!d.HasFields)
            return;
        uint flow = d.U32(at);
        d.Layer("ipv6"u8);
        d.NoteIp6("source"u8, d.Bytes(at + 8, 16));
        d.NoteIp6("destination"u8, d.Bytes(at + 24, 16));
        d.Note("class"u8, flow >> 20 & 0xff);
        d.Note("flow_label"u8, flow & 0xfffff);
        d.Note("hop_limit"u8, d.U8(at + 7));
        d.Note("length"u8, d.U16(at + 4));
        d.Note("next"u8, d.U8(at + 6));
        d.Note("next_name"u8, IpProtocolName.Of(d.U8(at + 6)));
    }

    private static void PrintVerbose(ref Dissection d, int at, uint payload)
    {
        uint flow = d.U32(at);
        byte next = d.U8(at + 6);
        d.Say("("u8);
        if ((flow & 0x0ff00000) != 0)
        {
            d.Say("class 0x"u8, flow >> 20 & 0xff, 2);
            d.Say(", "u8);
        }
        if ((flow & 0xfffff) != 0)
        {
            d.Say("flowlabel 0x"u8, flow & 0xfffff, 5);
            d.Say(", "u8);
        }
        d.Say("hlim "u8, d.U8(at + 7), ", next-header "u8);
        d.NameOr(IpProtocolName.Of(next), "unknown"u8);
        d.Say(" ("u8, next, ") payload length: "u8);
        d.Decimal((long)payload);
        d.Say(") "u8);
    }
}
