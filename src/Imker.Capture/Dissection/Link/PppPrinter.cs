using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The Point-to-Point Protocol (RFC 1661): its frame, and the protocols inside.</summary>
internal static class PppPrinter
{
    private const int SmallestFrame = 4;
    private const byte Address = 0xff, Control = 0x03, In = 0x00, Out = 0x01;

    private static readonly FlagNames MultilinkFlags = new((0x80, "begin"), (0x40, "end"));

    public static void PrintLink(ref Dissection d, int length)
    {
        d.Protocol = "ppp"u8;
        if (d.Packet.Length < SmallestFrame)
        {
            d.LinkHeaderLength = d.Packet.Length;
            d.SayTruncated();
            return;
        }
        d.LinkHeaderLength = SmallestFrame;
        Print(ref d, 0, length);
    }

    /// <summary>Behind HDLC framing, where the address is always there (RFC 1662).</summary>
    public static void PrintSerialLink(ref Dissection d, int length)
    {
        d.Protocol = "ppp"u8;
        if (d.Packet.Length < SmallestFrame)
        {
            d.LinkHeaderLength = d.Packet.Length;
            d.SayTruncated();
            return;
        }
        byte address = d.U8(0), control = d.U8(1);
        if (d.Context.ShowsLink)
        {
            d.Say(default, address, 2);
            d.Say(" "u8, control, 2);
            d.Say(" "u8, length, " "u8);
        }
        if (address != Address)
        {
            d.LinkHeaderLength = 2;
            d.Say("unknown addr "u8, d.U8(2), 2);
            d.Say("; ctrl "u8, d.U8(3), 2);
            return;
        }
        int protocol = d.U16(2);
        d.LinkHeaderLength = SmallestFrame;
        d.Layer("ppp"u8);
        d.Note("type"u8, protocol);
        d.NameOrHex(PppProtocolName.Of(protocol), "unknown PPP protocol (0x"u8, (ulong)protocol, 4, ")"u8);
        d.Say(": "u8);
        PrintProtocol(ref d, protocol, SmallestFrame, length - SmallestFrame);
    }

    /// <returns>Bytes of the header.</returns>
    public static int Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "ppp"u8;
        if (length < 2)
        {
            d.SayTruncated();
            return 0;
        }
        int told = length, start = at;
        int first = d.U16(at);
        if ((first & 0xff) == Control && first >> 8 is Address or In or Out)
        {
            if (d.Context.ShowsLink && first >> 8 != Address)
                d.Say(first >> 8 == In ? "In  "u8 : "Out "u8);
            at += 2;
            length -= 2;
        }
        if (length < 2)
        {
            d.SayTruncated();
            return 0;
        }
        int protocol = d.U8(at);
        int size = protocol % 2 != 0 ? 1 : 2;
        if (size == 2)
            protocol = d.U16(at);
        at += size;
        length -= size;
        d.Layer("ppp"u8);
        d.Note("type"u8, protocol);
        if (d.Context.ShowsLink)
        {
            ReadOnlySpan<byte> name = PppProtocolName.Of(protocol);
            d.NameOr(name, "unknown"u8);
            d.Say(" (0x"u8, (ulong)protocol, 4);
            d.Say("), length "u8, told);
            if (name.IsEmpty)
                return at - start;
            d.Say(": "u8);
        }
        if (!d.IsStopped)
            PrintProtocol(ref d, protocol, at, length);
        return at - start;
    }

    private static void PrintProtocol(ref Dissection d, int protocol, int at, int length)
    {
        switch (protocol)
        {
            case PppProtocol.LinkControl or PppProtocol.IpControl or PppProtocol.OsiControl or PppProtocol.MplsControl or PppProtocol.Ip6Control
                or PppProtocol.CompressionControl or PppProtocol.BandwidthControl:
                PppControlPrinter.Print(ref d, protocol, at, length);
                break;
            case PppProtocol.Multilink:
                PrintMultilink(ref d, at, length);
                break;
            case PppProtocol.Challenge:
                PppAuthenticationPrinter.PrintChallenge(ref d, at, length);
                break;
            case PppProtocol.Password:
                PppAuthenticationPrinter.PrintPassword(ref d, at, length);
                break;
            case PppProtocol.Bandwidth:
                break;
            case EtherType.Ip4 or PppProtocol.UncompressedTcp or PppProtocol.Ip4:
                Ipv4Printer.Print(ref d, at, length);
                break;
            case EtherType.Ip6 or PppProtocol.Ip6:
                Ipv6Printer.Print(ref d, at, length);
                break;
            case PppProtocol.Mpls or PppProtocol.MplsMulticast:
                MplsPrinter.Print(ref d, at, length);
                break;
            case PppProtocol.Compressed:
                d.Say("compressed PPP data"u8);
                break;
            default:
                d.NameOrHex(PppProtocolName.Of(protocol), "unknown PPP protocol (0x"u8, (ulong)protocol, 4, ")"u8);
                d.Say(" "u8);
                d.UnknownPart(at, "\n\t"u8, length);
                break;
        }
    }

    private static void PrintMultilink(ref Dissection d, int at, int length)
    {
        if (!d.Context.ShowsLink)
            d.Say("MLPPP, "u8);
        if (length < 2 || !d.Has(at, 2))
        {
            d.Say("[|mlppp]"u8);
            return;
        }
        int word = d.U16(at);
        d.Note("sequence"u8, word & 0xfff);
        d.Say("seq 0x"u8, (ulong)(word & 0xfff), 3);
        d.Say(", Flags ["u8);
        d.Flags(MultilinkFlags, (uint)word >> 8 & 0xc0, ", "u8, "none"u8);
        d.Say("], length "u8, length);
    }
}
