using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Ethernet II, 802.3 with LLC, and tags of 802.1Q and 802.1ad, one behind the other.</summary>
internal static class EthernetPrinter
{
    private const int HeaderLength = 14;
    private const int TagLength = 4;

    /// <param name="length">Bytes of the frame on the wire.</param>
    /// <param name="captured">Bytes of it that are there.</param>
    /// <returns>Bytes of the header, tags and LLC among them.</returns>
    public static int Print(ref Dissection d, int at, int length, int captured)
    {
        d.Protocol = "ether"u8;
        if (captured < HeaderLength || length < HeaderLength)
        {
            d.SayTruncated();
            return Math.Min(captured, length);
        }
        if (!d.TryNest())
            return HeaderLength;
        int header = PrintFrame(ref d, at, length, captured);
        d.Unnest();
        return header;
    }

    private static int PrintFrame(ref Dissection d, int at, int length, int captured)
    {
        NoteHeader(ref d, at);
        if (d.Context.ShowsLink)
            PrintAddresses(ref d, at);
        int type = d.U16(at + 12);
        int header = HeaderLength;
        bool hasLength = false;
        while (EtherTypeName.IsVlan(type))
        {
            if (captured - header < TagLength || length - header < TagLength)
            {
                d.Protocol = "vlan"u8;
                d.SayTruncated();
                return Math.Min(captured, length);
            }
            PrintTag(ref d, at + header, type, length, ref hasLength);
            type = d.U16(at + header + 2);
            header += TagLength;
        }
        var payload = new EthernetPayload(at, header, length, captured, type);
        return type <= EtherType.LargestLength
            ? header + PrintLength(ref d, payload, hasLength)
            : type == EtherType.Jumbo
                ? header + PrintLlc(ref d, payload, length - header)
                : header + PrintTyped(ref d, payload, hasLength);
    }

    private static int PrintLength(ref Dissection d, in EthernetPayload payload, bool hasLength)
    {
        int length = Math.Min(payload.Length - payload.Header, payload.Type);
        if (d.Context.ShowsLink)
        {
            d.Say("802.3"u8);
            if (!hasLength)
                d.Say(", length "u8, length, ": "u8);
        }
        int end = d.LimitEnd(payload.At + payload.Header + length);
        int header = PrintLlc(ref d, payload, length);
        d.RestoreEnd(end);
        return header;
    }

    private static int PrintLlc(ref Dissection d, in EthernetPayload payload, int length)
    {
        int at = payload.At + payload.Header;
        int captured = Math.Min(length, payload.Captured - payload.Header);
        int header = LlcPrinter.Print(ref d, at, length, captured, payload.At);
        if (header < 0)
            d.Unknown(at, captured);
        return Math.Abs(header);
    }

    private static int PrintTyped(ref Dissection d, in EthernetPayload payload, bool hasLength)
    {
        if (d.Context.ShowsLink)
            PrintType(ref d, payload.Type, payload.Length, ref hasLength);
        int at = payload.At + payload.Header;
        if (EtherPayloadPrinter.TryPrint(ref d, payload.Type, at, payload.Length - payload.Header, payload.Captured - payload.Header, payload.At))
            return 0;
        if (!d.Context.ShowsLink)
        {
            bool hasNoLength = false;
            PrintAddresses(ref d, payload.At);
            PrintType(ref d, payload.Type, payload.Length, ref hasNoLength);
        }
        d.Unknown(at, payload.Captured - payload.Header);
        return 0;
    }

    private static void PrintTag(ref Dissection d, int at, int type, int length, ref bool hasLength)
    {
        ushort tag = d.U16(at);
        d.Layer("vlan"u8);
        d.Note("tpid"u8, type);
        d.Note("id"u8, tag & 0xfff);
        d.Note("priority"u8, tag >> 13);
        d.Note("dei"u8, (tag & 0x1000) != 0);
        if (!d.Context.ShowsLink)
            return;
        PrintType(ref d, type, length, ref hasLength);
        PrintTagText(ref d, tag);
        d.Say(", "u8);
    }

    public static void PrintTagText(ref Dissection d, ushort tag)
    {
        d.Say("vlan "u8, tag & 0xfff);
        d.Say(", p "u8, tag >> 13);
        if ((tag & 0x1000) != 0)
            d.Say(", DEI"u8);
    }

    private static void PrintAddresses(ref Dissection d, int at)
    {
        d.Mac(at + 6);
        d.Say(" > "u8);
        d.Mac(at);
        d.Say(", "u8);
    }

    private static void PrintType(ref Dissection d, int type, int length, ref bool hasLength)
    {
        if (d.Context.IsQuick)
        {
            d.NameOrHex(EtherTypeName.Of(type), "Unknown Ethertype (0x"u8, (ulong)type, 4, ")"u8);
        }
        else
        {
            d.Say("ethertype "u8);
            d.NameOr(EtherTypeName.Of(type), "Unknown"u8);
            d.Say(" (0x"u8, (ulong)type, 4);
            d.Say(")"u8);
        }
        if (hasLength)
            d.Say(", "u8);
        else
            d.Say(", length "u8, length, ": "u8);
        hasLength = true;
    }

    private static void NoteHeader(ref Dissection d, int at)
    {
        if (!d.HasFields)
            return;
        d.Layer("ethernet"u8);
        d.NoteMac("source"u8, d.Bytes(at + 6, 6));
        d.NoteMac("destination"u8, d.Bytes(at, 6));
        int type = d.U16(at + 12);
        d.Note(type <= EtherType.LargestLength ? "length"u8 : "type"u8, type);
    }
}
