namespace Imker.Capture.Dissection;

/// <summary>The control protocols of PPP (RFC 1661 section 5), with the options that are negotiated.</summary>
internal static class PppControlPrinter
{
    public static void Print(ref Dissection d, int protocol, int at, int length)
    {
        ReadOnlySpan<byte> name = PppProtocolName.Of(protocol);
        d.NameOrHex(name, "unknown ctrl-proto (0x"u8, (ulong)protocol, 4, ")"u8);
        d.Say(", "u8);
        if (length < 4 || !d.Has(at, 2))
        {
            d.Say("[|"u8);
            d.Say(name);
            d.Say("]"u8);
            return;
        }
        byte code = d.U8(at), id = d.U8(at + 1);
        d.Note("code"u8, code);
        d.Note("id"u8, id);
        d.NameOr(CodeName(code), "Unknown Opcode"u8);
        d.Say(" (0x"u8, code, 2);
        d.Say("), id "u8, id);
        d.Say(", length "u8, length + 2);
        if (!d.IsVerbose)
            return;
        int told = d.U16(at + 2);
        if (told < 4)
        {
            d.Say("\n\tencoded length "u8, told, " (< 4))"u8);
            return;
        }
        if (told > length)
        {
            d.Say("\n\tencoded length "u8, told, " (> packet length "u8);
            d.Say(default, length, "))"u8);
            return;
        }
        d.Say("\n\tencoded length "u8, told, " (=Option(s) length "u8);
        d.Say(default, told - 4, ")"u8);
        if (told == 4)
            return;
        if (d.Verbosity > 1)
            d.UnknownPart(at - 2, "\n\t"u8, 6);
        PrintBody(ref d, protocol, code, at, told);
    }

    private static void PrintBody(ref Dissection d, int protocol, byte code, int at, int length)
    {
        int body = at + 4;
        switch (code)
        {
            case 0:
                if (length < 11)
                    break;
                SayMagic(ref d, body);
                uint vendor = d.U24(body + 4);
                d.Say(" Vendor: "u8);
                d.NameOr(Oui.NameOf(vendor), "Unknown"u8);
                d.Say(" ("u8, vendor, ")"u8);
                break;
            case >= 1 and <= 4:
                PppOptions.Print(ref d, protocol, body, length);
                break;
            case 5 or 6 or 7:
                break;
            case 8:
                PrintRejected(ref d, body, length);
                break;
            case 9 or 10 or 11:
                if (length < 8)
                    break;
                SayMagic(ref d, body);
                if (length <= 8)
                    break;
                d.Say("\n\t  -----trailing data-----"u8);
                if (d.Has(body + 4, length - 8))
                {
                    d.UnknownPart(body + 4, "\n\t  "u8, length - 8);
                    break;
                }
                d.Say("[|LCP]"u8);
                d.NoteTruncated();
                break;
            case 12:
                if (length < 8)
                    break;
                SayMagic(ref d, body);
                if (length <= 8)
                    break;
                d.Say("\n\t  Message\n\t    "u8);
                if (!d.TextUntilEnd(body + 4, length - 4))
                {
                    d.Say("[|"u8);
                    d.Say(PppProtocolName.Of(protocol));
                    d.Say("]"u8);
                }
                break;
            case 13:
                if (length < 12)
                    break;
                SayMagic(ref d, body);
                d.Say(", Seconds-Remaining "u8, d.U32(body + 4), "s"u8);
                break;
            default:
                if (d.Verbosity <= 1)
                    d.UnknownPart(at - 2, "\n\t  "u8, length + 2);
                break;
        }
    }

    private static void PrintRejected(ref Dissection d, int at, int length)
    {
        if (length < 6)
            return;
        int protocol = d.U16(at);
        d.Say("\n\t  Rejected "u8);
        d.NameOr(PppProtocolName.Of(protocol), "unknown"u8);
        d.Say(" Protocol (0x"u8, (ulong)protocol, 4);
        d.Say(")"u8);
        if (length <= 6)
            return;
        d.Say("\n\t  Rejected Packet"u8);
        d.UnknownPart(at + 2, "\n\t    "u8, length - 2);
    }

    private static void SayMagic(ref Dissection d, int at)
    {
        uint magic = d.U32(at);
        d.Say("\n\t  Magic-Num 0x"u8, magic, 8);
    }

    private static ReadOnlySpan<byte> CodeName(byte code) => code switch
    {
        0 => "Vendor-Extension"u8,
        1 => "Conf-Request"u8,
        2 => "Conf-Ack"u8,
        3 => "Conf-Nack"u8,
        4 => "Conf-Reject"u8,
        5 => "Term-Request"u8,
        6 => "Term-Ack"u8,
        7 => "Code-Reject"u8,
        8 => "Prot-Reject"u8,
        9 => "Echo-Request"u8,
        10 => "Echo-Reply"u8,
        11 => "Disc-Req"u8,
        12 => "Ident"u8,
        13 => "Time-Rem"u8,
        14 => "Reset-Req"u8,
        15 => "Reset-Ack"u8,
        _ => default,
    };
}
