namespace Imker.Capture.Dissection;

/// <summary>What a record tells, for the types that tcpdump shows.</summary>
internal static class DnsRecordData
{
    private const int DnsSecOk = 0x8000;
    private const int UnspecifiedText = 104;

    /// <returns>False where it was cut.</returns>
    public static bool TryPrint(ref Dissection d, in DnsMessage message, int type, int at, int length, int kind, uint lifetime)
    {
        switch (type)
        {
            case DnsType.A:
                if (!d.Has(at, 4))
                    return false;
                d.NoteIp4("address"u8, d.Bytes(at, 4));
                d.Say(" "u8);
                d.Ip4Number(d.Bytes(at, 4));
                return true;
            case DnsType.Aaaa:
                if (!d.Has(at, 16))
                    return false;
                d.NoteIp6("address"u8, d.Bytes(at, 16));
                d.Say(" "u8);
                d.Ip6Number(d.Bytes(at, 16));
                return true;
            case DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname:
                DnsNameField.Note(ref d, "target"u8, at, message.At);
                d.Say(" "u8);
                return DnsName.Print(ref d, at, message.At) >= 0;
            case DnsType.Soa:
                return !d.IsVerbose || TryPrintAuthority(ref d, message, at);
            case DnsType.Mx:
                return TryPrintExchange(ref d, message, at);
            case DnsType.Txt:
                return TryPrintTexts(ref d, at, at + length);
            case DnsType.Srv:
                return TryPrintService(ref d, message, at);
            case DnsType.A6:
                return TryPrintA6(ref d, message, at);
            case DnsType.Opt:
                d.Number(" UDPsize="u8, "udp_size"u8, kind);
                if ((lifetime & DnsSecOk) != 0)
                    d.Say(" DO"u8);
                DnsOptions.Print(ref d, at, length, message.At);
                return true;
            case UnspecifiedText:
                return d.Has(at, length) && d.TextUntilEnd(at, length);
            case DnsType.Tsig:
                return !d.IsVerbose || TryPrintSignature(ref d, message, at);
            case DnsType.Uri:
                return TryPrintUri(ref d, at, length);
            default:
                return true;
        }
    }

    private static bool TryPrintUri(ref Dissection d, int at, int length)
    {
        if (!d.Has(at, 4) || length < 4)
            return false;
        d.Number(" "u8, "priority"u8, d.U16(at));
        d.Number(" "u8, "weight"u8, d.U16(at + 2));
        d.Say(" "u8);
        if (!d.Has(at + 4, length - 4))
            return false;
        d.NoteText("target"u8, d.Packet.Slice(at + 4, length - 4));
        return d.TextUntilEnd(at + 4, length - 4);
    }

    private static bool TryPrintAuthority(ref Dissection d, in DnsMessage message, int at)
    {
        DnsNameField.Note(ref d, "primary"u8, at, message.At);
        d.Say(" "u8);
        at = DnsName.Print(ref d, at, message.At);
        if (at < 0)
            return false;
        d.Say(" "u8);
        at = DnsName.Print(ref d, at, message.At);
        if (at < 0 || !d.Has(at, 20))
            return false;
        d.Number(" "u8, "serial"u8, d.U32(at));
        d.Number(" "u8, "refresh"u8, d.U32(at + 4));
        d.Number(" "u8, "retry"u8, d.U32(at + 8));
        d.Number(" "u8, "expire"u8, d.U32(at + 12));
        d.Number(" "u8, "minimum"u8, d.U32(at + 16));
        return true;
    }

    private static bool TryPrintExchange(ref Dissection d, in DnsMessage message, int at)
    {
        d.Say(" "u8);
        if (!d.Has(at, 2))
            return false;
        DnsNameField.Note(ref d, "target"u8, at + 2, message.At);
        if (DnsName.Print(ref d, at + 2, message.At) < 0)
            return false;
        d.Number(" "u8, "preference"u8, d.U16(at));
        return true;
    }

    private static bool TryPrintTexts(ref Dissection d, int at, int end)
    {
        d.BeginList("texts"u8);
        while (at < end)
        {
            d.Say(" \""u8);
            if (!d.Has(at, 1))
                return false;
            int size = d.U8(at);
            if (!d.TextUntilEnd(at + 1, size))
                return false;
            if (d.HasFields)
                d.NoteText(default, d.Packet.Slice(at + 1, size));
            d.Say("\""u8);
            at += size + 1;
        }
        d.EndList();
        return true;
    }

    private static bool TryPrintService(ref Dissection d, in DnsMessage message, int at)
    {
        d.Say(" "u8);
        if (!d.Has(at, 6))
            return false;
        DnsNameField.Note(ref d, "target"u8, at + 6, message.At);
        if (DnsName.Print(ref d, at + 6, message.At) < 0)
            return false;
        d.Number(":"u8, "port"u8, d.U16(at + 4));
        d.Number(" "u8, "priority"u8, d.U16(at));
        d.Number(" "u8, "weight"u8, d.U16(at + 2));
        return true;
    }

    private static bool TryPrintA6(ref Dissection d, in DnsMessage message, int at)
    {
        if (!d.Has(at, 1))
            return false;
        int bits = d.U8(at);
        int skipped = bits / 8;
        if (bits > 128)
        {
            d.Say(" "u8, bits, "(bad plen)"u8);
            return true;
        }
        if (bits < 128)
        {
            if (!d.Has(at + 1, 16 - skipped))
                return false;
            Span<byte> address = stackalloc byte[16];
            address.Clear();
            d.Packet.Slice(at + 1, 16 - skipped).CopyTo(address[skipped..]);
            d.Say(" "u8, bits, " "u8);
            d.Ip6Number(address);
        }
        if (bits == 0)
            return true;
        d.Say(" "u8);
        return DnsName.Print(ref d, at + 1 + 16 - skipped, message.At) >= 0;
    }

    private static bool TryPrintSignature(ref Dissection d, in DnsMessage message, int at)
    {
        d.Say(" "u8);
        at = DnsName.Print(ref d, at, message.At);
        if (at < 0 || !d.Has(at += 6, 2))
            return false;
        d.Say(" fudge="u8, d.U16(at));
        if (!d.Has(at += 2, 2))
            return false;
        int mac = d.U16(at);
        d.Say(" maclen="u8, mac);
        if (!d.Has(at += 2 + mac, 2))
            return false;
        d.Say(" origid="u8, d.U16(at));
        if (!d.Has(at += 2, 2))
            return false;
        d.Say(" error="u8, d.U16(at));
        if (!d.Has(at += 2, 2))
            return false;
        d.Say(" otherlen="u8, d.U16(at));
        return true;
    }
}
