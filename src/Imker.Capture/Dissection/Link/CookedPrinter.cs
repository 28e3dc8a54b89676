using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The header that libpcap makes for the pseudo interface <c>any</c>: <c>LINKTYPE_LINUX_SLL</c>.</summary>
internal static class CookedPrinter
{
    private const int HeaderLength = 16;
    private const int
        Novell8023 = 1,
        Llc = 4;

    public static void Print(ref Dissection d, int length)
    {
        d.Protocol = "sll"u8;
        if (d.Packet.Length < HeaderLength)
        {
            d.Stop();
            return;
        }
        d.LinkHeaderLength = HeaderLength;
        int protocol = d.U16(14);
        d.Layer("sll"u8);
        d.Note("direction"u8, DirectionName(d.U16(0)));
        NoteAddress(ref d, 6, d.U16(4));
        d.Note("type"u8, protocol);
        if (d.Context.ShowsLink)
            PrintHeader(ref d, length);
        PrintPayload(ref d, protocol, HeaderLength, length - HeaderLength, HeaderLength);
    }

    public static ReadOnlySpan<byte> DirectionName(int kind) => kind switch
    {
        0 => "In"u8,
        1 => "B"u8,
        2 => "M"u8,
        3 => "P"u8,
        4 => "Out"u8,
        _ => "?"u8,
    };

    public static void NoteAddress(ref Dissection d, int at, int length)
    {
        if (length == 6)
            d.NoteMac("source"u8, d.Bytes(at, 6));
    }

    /// <summary>What the header's type field says of the payload, and the length.</summary>
    public static void SayProtocol(ref Dissection d, int protocol, int length)
    {
        if (d.Context.IsQuick)
            return;
        if (protocol <= EtherType.LargestLength && protocol == Novell8023)
        {
            d.Say("802.3"u8);
        }
        else if (protocol <= EtherType.LargestLength && protocol == Llc)
        {
            d.Say("802.2"u8);
        }
        else
        {
            d.Say("ethertype "u8);
            d.NameOr(protocol <= EtherType.LargestLength ? default : EtherTypeName.Of(protocol), "Unknown"u8);
            d.Say(" (0x"u8, (ulong)protocol, 4);
            d.Say(")"u8);
        }
        d.Say(", length "u8, length, ": "u8);
    }

    public static void SayDirection(ref Dissection d, int kind)
    {
        ReadOnlySpan<byte> name = DirectionName(kind);
        for (int i = name.Length; i < 3; i++)
            d.Say(" "u8);
        d.Say(name);
        d.Say(" "u8);
    }

    public static void PrintPayload(ref Dissection d, int protocol, int at, int length, int header)
    {
        while (true)
        {
            int captured = d.Packet.Length - at;
            if (protocol <= EtherType.LargestLength)
            {
                PrintUntyped(ref d, protocol, at, length, captured);
                return;
            }
            if (protocol != EtherType.Vlan)
            {
                PrintTyped(ref d, protocol, at, length, captured, header);
                return;
            }
            if (captured < 4 || length < 4)
            {
                d.LinkHeaderLength += Math.Min(captured, length);
                d.Protocol = "vlan"u8;
                d.SayTruncated();
                return;
            }
            PrintTag(ref d, at, ref protocol);
            at += 4;
            length -= 4;
            d.LinkHeaderLength += 4;
        }
    }

    private static void PrintTag(ref Dissection d, int at, ref int protocol)
    {
        ushort tag = d.U16(at);
        protocol = d.U16(at + 2);
        d.Layer("vlan"u8);
        d.Note("id"u8, tag & 0xfff);
        d.Note("priority"u8, tag >> 13);
        d.Note("dei"u8, (tag & 0x1000) != 0);
        if (d.Context.ShowsLink)
        {
            EthernetPrinter.PrintTagText(ref d, tag);
            d.Say(", "u8);
        }
        if (protocol <= EtherType.LargestLength)
            protocol = Llc;
        if (d.Context.IsQuick)
            return;
        d.Say("ethertype "u8);
        d.NameOr(EtherTypeName.Of(protocol), "Unknown"u8);
        d.Say(", "u8);
    }

    private static void PrintUntyped(ref Dissection d, int protocol, int at, int length, int captured)
    {
        if (protocol == Llc)
        {
            int header = LlcPrinter.Print(ref d, at, length, captured, -1);
            if (header >= 0)
            {
                d.LinkHeaderLength += header;
                return;
            }
        }
        d.Unknown(at, captured);
    }

    private static void PrintTyped(ref Dissection d, int protocol, int at, int length, int captured, int header)
    {
        if (EtherPayloadPrinter.TryPrint(ref d, protocol, at, length, captured, -1))
            return;
        if (!d.Context.ShowsLink)
        {
            if (header > HeaderLength)
                Cooked2Printer.PrintHeader(ref d, length + header);
            else
                PrintHeader(ref d, length + header);
        }
        d.Unknown(at, captured);
    }

    private static void PrintHeader(ref Dissection d, int length)
    {
        d.Protocol = "sll"u8;
        SayDirection(ref d, d.U16(0));
        if (d.U16(4) == 6)
        {
            d.Mac(6);
            d.Say(" "u8);
        }
        SayProtocol(ref d, d.U16(14), length);
    }
}
