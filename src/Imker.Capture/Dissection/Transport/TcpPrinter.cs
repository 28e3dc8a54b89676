using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>Transmission Control Protocol (RFC 9293).</summary>
internal static class TcpPrinter
{
    public const int Fin = 1, Syn = 2, Reset = 4, Push = 8, Ack = 16, Urgent = 32;

    private const int HeaderLength = 20;
    private const int LongestResetText = 30;

    private static readonly FlagNames FlagLetters =
        new((Fin, "F"), (Syn, "S"), (Reset, "R"), (Push, "P"), (Ack, "."), (Urgent, "U"), (0x40, "E"), (0x80, "W"));

    private static readonly FlagNames FlagWords =
        new((Fin, "FIN"), (Syn, "SYN"), (Reset, "RST"), (Push, "PSH"), (Ack, "ACK"), (Urgent, "URG"), (0x40, "ECE"), (0x80, "CWR"));

    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        d.Protocol = "tcp"u8;
        if (!d.Has(at + 2, 2))
        {
            TransportAddresses.PrintHosts(ref d, ip, ":"u8);
            d.SayTruncated();
            return;
        }
        int source = d.U16(at), destination = d.U16(at + 2);
        TransportAddresses.PrintTcp(ref d, ip, source, destination, FirstNext(d, ip) == IpProtocol.Tcp);
        if (!d.Has(at, HeaderLength))
        {
            d.SayTruncated();
            return;
        }
        int header = (d.U8(at + 12) >> 4) * 4;
        if (header < HeaderLength)
        {
            d.Say(" tcp "u8, (uint)(length - header), " [bad hdr length "u8);
            d.Decimal(header);
            d.Say(" - too short, < 20]"u8);
            return;
        }
        if (d.Context.IsQuick)
        {
            d.Say("tcp "u8, (uint)(length - header));
            if (header > length)
                SayTooLong(ref d, header, length);
            return;
        }
        PrintSegment(ref d, ip, new TcpSegment(at, header, length, source, destination, d.U8(at + 13)));
    }

    // With extension headers the line has no addresses before the ports: they came earlier.
    private static byte FirstNext(in Dissection d, in IpHeader ip) => d.Packet[ip.At + (ip.Version == 6 ? 6 : 9)];

    private static void PrintSegment(ref Dissection d, in IpHeader ip, in TcpSegment segment)
    {
        int at = segment.At;
        d.Layer("tcp"u8);
        d.Note("source_port"u8, segment.Source);
        d.Note("destination_port"u8, segment.Destination);
        d.NoteFlags("flags"u8, FlagWords, segment.Flags);
        d.Say("Flags ["u8);
        d.Flags(FlagLetters, segment.Flags, default, "none"u8);
        d.Say("]"u8);
        uint sequence = d.U32(at + 4), acknowledged = d.U32(at + 8);
        var numbers = TcpNumbers.Of(d, ip, segment, ref sequence, ref acknowledged);
        if (segment.Header > segment.Length)
        {
            SayTooLong(ref d, segment.Header, segment.Length);
            return;
        }
        if (d.IsVerbose && !d.Context.SkipsChecksums && !ip.IsFragment && d.Has(at, segment.Length))
            PrintChecksum(ref d, ip, at, segment.Length);
        PrintNumbers(ref d, segment, sequence, acknowledged);
        d.Note("sequence"u8, d.U32(at + 4));
        d.Note("acknowledgment"u8, d.U32(at + 8));
        if (segment.Header > HeaderLength && !TcpOptions.TryPrint(ref d, segment, numbers))
            return;
        d.Number(", length "u8, "payload_length"u8, segment.PayloadLength);
        if (segment.PayloadLength > 0)
            PrintPayload(ref d, segment);
    }

    private static void PrintNumbers(ref Dissection d, in TcpSegment segment, uint sequence, uint acknowledged)
    {
        int flags = segment.Flags;
        if (d.Verbosity > 1 || segment.PayloadLength > 0 || (flags & (Syn | Fin | Reset)) != 0)
        {
            d.Say(", seq "u8, sequence);
            if (segment.PayloadLength > 0)
                d.Say(":"u8, (uint)(sequence + segment.PayloadLength));
        }
        d.Note("relative_sequence"u8, sequence);
        if ((flags & Ack) != 0)
            d.Number(", ack "u8, "relative_acknowledgment"u8, acknowledged);
        d.Number(", win "u8, "window"u8, d.U16(segment.At + 14));
        if ((flags & Urgent) != 0)
            d.Number(", urg "u8, "urgent"u8, d.U16(segment.At + 18));
    }

    private static void PrintChecksum(ref Dissection d, in IpHeader ip, int at, int length)
    {
        ushort sum = d.Checksum(ip.At, at, length, length, IpProtocol.Tcp);
        ushort found = d.U16(at + 16);
        d.Note("checksum_ok"u8, sum == 0);
        d.Say(", cksum 0x"u8, found, 4);
        if (sum == 0)
        {
            d.Say(" (correct)"u8);
            return;
        }
        d.Say(" (incorrect -> 0x"u8, Checksum.Expected(found, sum), 4);
        d.Say(")"u8);
    }

    private static void SayTooLong(ref Dissection d, int header, int length)
    {
        d.Say(" [bad hdr length "u8, header, " - too long, > "u8);
        d.Decimal(length);
        d.Say("]"u8);
    }

    private static void PrintPayload(ref Dissection d, in TcpSegment segment)
    {
        int at = segment.At + segment.Header;
        int length = segment.PayloadLength;
        if ((segment.Flags & Reset) != 0 && d.IsVerbose)
            PrintResetText(ref d, at, length);
        else if (segment.HasPort(25))
            TextProtocolPrinter.PrintAfterColon(ref d, at, length, "smtp"u8, "SMTP"u8);
        else if (segment.HasPort(43))
            TextProtocolPrinter.PrintAfterColon(ref d, at, length, "whois"u8, "WHOIS"u8);
        else if (segment.HasPort(21))
            TextProtocolPrinter.PrintAfterColon(ref d, at, length, "ftp"u8, "FTP"u8);
        else if (segment.HasPort(80) || segment.HasPort(8080))
            HttpPrinter.Print(ref d, at, length);
        else if (segment.HasPort(554) || segment.HasPort(8554))
            RtspPrinter.Print(ref d, at, length);
        else if (segment.HasPort(53))
            DnsPrinter.PrintOverTcp(ref d, at, length);
        else if (segment.HasPort(443) || segment.HasPort(853) || segment.HasPort(8443))
            TlsPrinter.Print(ref d, at, length);
    }

    private static void PrintResetText(ref Dissection d, int at, int length)
    {
        d.Say(d.Has(at, length) ? " [RST"u8 : " [!RST"u8);
        if (length > LongestResetText)
            d.Say("+"u8);
        d.Say(" "u8);
        d.TextUntilEnd(at, Math.Min(length, LongestResetText));
        d.Say("]"u8);
    }
}
