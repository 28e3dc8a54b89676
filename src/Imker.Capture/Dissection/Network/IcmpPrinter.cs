namespace Imker.Capture.Dissection;

/// <summary>Internet control messages (RFC 792, 950, 1256, 4884, 8335), with the packet that an error quotes.</summary>
internal static class IcmpPrinter
{
    private const byte
        EchoReply = 0,
        Unreachable = 3,
        SourceQuench = 4,
        Redirect = 5,
        Echo = 8,
        RouterAdvertisement = 9,
        TimeExceeded = 11,
        ParameterProblem = 12,
        TimeStamp = 13,
        TimeStampReply = 14,
        MaskReply = 18;

    private const int QuotedIp = 8;

    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        d.Protocol = "icmp"u8;
        if (!d.Require(at, 2))
            return;
        byte type = d.U8(at), code = d.U8(at + 1);
        d.Layer("icmp"u8);
        d.Note("type"u8, type);
        d.Note("code"u8, code);
        d.Note("type_name"u8, TypeName(type));
        if (!HasFixedPart(d, at, type, code))
        {
            SayCut(ref d, at, type, code);
            return;
        }
        int before = d.Mark();
        d.Say("ICMP "u8);
        if (!TryPrintMessage(ref d, at, type, code))
        {
            // Nothing of the message is told where a part of it is missing.
            d.Rewind(before);
            SayCut(ref d, at, type, code);
            return;
        }
        d.Say(", length "u8, length);
        if (d.IsVerbose && !ip.IsFragment && d.Has(at, length))
            PrintChecksum(ref d, at, length);
        if (d.IsVerbose && IsError(type))
            PrintQuoted(ref d, at, length, type);
    }

    // Some messages tcpdump gives up on its own accord, at others it runs into the end; -X tells them apart.
    private static void SayCut(ref Dissection d, int at, byte type, byte code)
    {
        bool isPort = type == Unreachable && code == IcmpUnreachable.Port && !d.Has(at + QuotedIp + 9, 1);
        if (isPort || type is RouterAdvertisement or TimeExceeded or TimeStampReply)
            d.SayTruncated();
        else
            d.Stop();
    }

    // The bytes that a message of this kind cannot do without.
    private static bool HasFixedPart(in Dissection d, int at, byte type, byte code) => type switch
    {
        Echo or EchoReply or TimeStamp => d.Has(at + 6, 2),
        Unreachable or Redirect or TimeExceeded => d.Has(at + QuotedIp + 16, 4),
        RouterAdvertisement => d.Has(at + 4, 4),
        ParameterProblem => code != 0 || d.Has(at + 4, 1),
        MaskReply => d.Has(at + 8, 4),
        TimeStampReply => d.Has(at + 16, 4),
        _ => true,
    };

    private static bool TryPrintMessage(ref Dissection d, int at, byte type, byte code)
    {
        switch (type)
        {
            case Echo or EchoReply:
                d.Say(type == Echo ? "echo request, "u8 : "echo reply, "u8);
                d.Number("id "u8, "id"u8, d.U16(at + 4));
                d.Number(", seq "u8, "sequence"u8, d.U16(at + 6));
                return true;
            case Unreachable:
                return IcmpUnreachable.TryPrint(ref d, at, code);
            case Redirect:
                PrintRedirect(ref d, at, code);
                return true;
            case RouterAdvertisement:
                return TryPrintAdvertisement(ref d, at);
            case TimeExceeded:
                if (code == 0)
                    d.Say("time exceeded in-transit"u8);
                else
                    d.NameOr(code == 1 ? "ip reassembly time exceeded"u8 : default, "time exceeded-#"u8, code);
                return true;
            case ParameterProblem:
                if (code != 0)
                    d.Say("parameter problem - code "u8, code);
                else
                    d.Say("parameter problem - octet "u8, d.U8(at + 4));
                return true;
            case MaskReply:
                d.Say("address mask is 0x"u8, d.U32(at + 8), 8);
                return true;
            case TimeStamp:
                d.Number("time stamp query id "u8, "id"u8, d.U16(at + 4));
                d.Number(" seq "u8, "sequence"u8, d.U16(at + 6));
                return true;
            case TimeStampReply:
                d.Number("time stamp reply id "u8, "id"u8, d.U16(at + 4));
                d.Number(" seq "u8, "sequence"u8, d.U16(at + 6));
                SayTime(ref d, ": org "u8, d.U32(at + 8));
                SayTime(ref d, ", recv "u8, d.U32(at + 12));
                SayTime(ref d, ", xmit "u8, d.U32(at + 16));
                return true;
            default:
                d.NameOr(TypeName(type), "type-#"u8, type);
                return true;
        }
    }

    private static void PrintRedirect(ref Dissection d, int at, byte code)
    {
        ReadOnlySpan<byte> target = code switch { 0 or 2 => " to net "u8, 1 or 3 => " to host "u8, _ => " to "u8 };
        if (code > 3)
            d.Say("redirect-#"u8, code, " "u8);
        else
            d.Say(code < 2 ? "redirect "u8 : "redirect-tos "u8);
        d.Ip4("destination"u8, at + QuotedIp + 16);
        d.Say(target);
        d.Ip4("gateway"u8, at + 4);
    }

    private static bool TryPrintAdvertisement(ref Dissection d, int at)
    {
        int lifetime = d.U16(at + 6), count = d.U8(at + 4), size = d.U8(at + 5);
        d.Note("lifetime"u8, lifetime);
        d.Say("router advertisement lifetime "u8);
        if (lifetime < 60)
        {
            d.Decimal(lifetime);
        }
        else if (lifetime < 3600)
        {
            d.Decimal(lifetime / 60);
            d.Say(":"u8);
            d.Decimal(lifetime % 60, 2);
        }
        else
        {
            d.Decimal(lifetime / 3600);
            d.Say(":"u8);
            d.Decimal(lifetime % 3600 / 60, 2);
            d.Say(":"u8);
            d.Decimal(lifetime % 60, 2);
        }
        d.Say(" "u8, count, ":"u8);
        if (size != 2)
        {
            d.Say(" [size "u8, size, "]"u8);
            return true;
        }
        for (int i = 0; i < count; i++)
        {
            int router = at + 8 + 8 * i;
            if (!d.Has(router, 8))
                return false;
            d.Say(" {"u8);
            d.Ip4(router);
            d.Say(" "u8, d.U32(router + 4), "}"u8);
        }
        return true;
    }

    private static void SayTime(ref Dissection d, ReadOnlySpan<byte> title, uint milliseconds)
    {
        d.Say(title);
        d.Decimal(milliseconds / 3_600_000, 2);
        d.Say(":"u8);
        d.Decimal(milliseconds / 60_000 % 60, 2);
        d.Say(":"u8);
        d.Decimal(milliseconds / 1000 % 60, 2);
        d.Say("."u8);
        d.Decimal(milliseconds % 1000, 3);
    }

    private static void PrintChecksum(ref Dissection d, int at, int length)
    {
        ushort sum = d.Checksum(at, length);
        d.Note("checksum_ok"u8, sum == 0);
        if (sum == 0)
            return;
        ushort found = d.U16(at + 2);
        d.Say(" (wrong icmp cksum "u8, found, 1);
        d.Say(" (->"u8, Checksum.Expected(found, sum), 1);
        d.Say(")!)"u8);
    }

    private static void PrintQuoted(ref Dissection d, int at, int length, byte type)
    {
        d.Say("\n\t"u8);
        if (!d.Has(at + QuotedIp + 2, 2))
        {
            d.SayTruncated();
            return;
        }
        int quoted = d.U16(at + QuotedIp + 2);
        int end = d.LimitEnd(at + QuotedIp + quoted);
        if (d.Require(at + QuotedIp, 1))
            Ipv4Printer.Print(ref d, at + QuotedIp, quoted);
        d.RestoreEnd(end);
        d.Protocol = "icmp"u8;
        if (type is Unreachable or TimeExceeded or ParameterProblem)
            IcmpExtensions.Print(ref d, at, length);
    }

    private static bool IsError(byte type) => type is Unreachable or SourceQuench or Redirect or TimeExceeded or ParameterProblem;

    private static ReadOnlySpan<byte> TypeName(byte type) => type switch
    {
        EchoReply => "echo reply"u8,
        Unreachable => "unreachable"u8,
        SourceQuench => "source quench"u8,
        Redirect => "redirect"u8,
        Echo => "echo request"u8,
        10 => "router solicitation"u8,
        TimeExceeded => "time exceeded"u8,
        ParameterProblem => "parameter problem"u8,
        TimeStamp => "time stamp request"u8,
        TimeStampReply => "time stamp reply"u8,
        15 => "information request"u8,
        16 => "information reply"u8,
        17 => "address mask request"u8,
        _ => default,
    };
}
