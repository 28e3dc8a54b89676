namespace Imker.Capture.Dissection;

/// <summary>PPP over Ethernet (RFC 2516): finding a concentrator, and the session.</summary>
internal static class PppoePrinter
{
    private const int HeaderLength = 6;
    private const int LongestTag = 79;
    private const byte Initiation = 0x09;

    /// <returns>Bytes of the header.</returns>
    public static int Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "pppoe"u8;
        if (length < HeaderLength)
        {
            d.Say(" (length "u8, length, " < 6)"u8);
            d.SayInvalid();
            return 0;
        }
        length -= HeaderLength;
        if (!d.Require(at, HeaderLength))
            return 0;
        byte version = d.U8(at), code = d.U8(at + 1);
        int session = d.U16(at + 2), told = d.U16(at + 4);
        d.Layer("pppoe"u8);
        d.Note("code"u8, code);
        d.Note("session"u8, session);
        if (version >> 4 != 1)
            d.Say(" [ver "u8, version >> 4, "]"u8);
        if ((version & 15) != 1)
            d.Say(" [type "u8, version & 15, "]"u8);
        d.Say("PPPoE "u8);
        if (code != 0)
            d.NameOrHex(CodeName(code), "PAD-"u8, code, 1);
        if (code == Initiation && told > 1484 - HeaderLength)
            d.Say(" [len "u8, told, "!]"u8);
        if (told > length)
        {
            d.Say(" [len "u8, told, " > "u8);
            d.Say(default, length, "!]"u8);
            told = length;
        }
        if (session != 0)
        {
            d.Say(" [ses 0x"u8, (ulong)session, 1);
            d.Say("]"u8);
        }
        if (code == 0)
        {
            d.Say(" "u8);
            return HeaderLength + PppPrinter.Print(ref d, at + HeaderLength, told);
        }
        PrintTags(ref d, at + HeaderLength, told);
        return HeaderLength;
    }

    private static void PrintTags(ref Dissection d, int at, int length)
    {
        int end = at + length;
        int type = 0xffff;
        d.BeginList("tags"u8);
        while (type != 0 && at < end && !d.IsStopped)
        {
            type = d.U16(at);
            int size = d.U16(at + 2);
            at += 4;
            if (!d.Require(at, size))
                return;
            d.BeginItem();
            PrintTag(ref d, type, d.Packet.Slice(at, size));
            d.EndItem();
            at += size;
        }
        d.EndList();
    }

    private static void PrintTag(ref Dissection d, int type, ReadOnlySpan<byte> value)
    {
        d.Note("type"u8, type);
        d.NoteBytes("value"u8, value);
        d.Say(" ["u8);
        d.NameOrHex(TagName(type), "TAG-0x"u8, (ulong)type, 1);
        if (value.IsEmpty)
        {
            d.Say("]"u8);
            return;
        }
        ReadOnlySpan<byte> shown = value[..Math.Min(value.Length, LongestTag)];
        int printable = 0;
        foreach (byte b in shown)
            printable += b is >= 0x20 and < 0x7f ? 1 : 0;
        if (printable > shown.Length - printable)
        {
            d.Say(" \""u8);
            foreach (byte b in shown)
                d.Text([b is >= 0x20 and < 0x7f ? b : (byte)'.']);
            d.Say("\"]"u8);
            return;
        }
        d.Say(" 0x"u8);
        foreach (byte b in value)
        {
            d.Say("0123456789ABCDEF"u8.Slice(b >> 4, 1));
            d.Say("0123456789ABCDEF"u8.Slice(b & 15, 1));
        }
        d.Say("]"u8);
    }

    private static ReadOnlySpan<byte> CodeName(byte code) => code switch
    {
        Initiation => "PADI"u8,
        0x07 => "PADO"u8,
        0x19 => "PADR"u8,
        0x65 => "PADS"u8,
        0xa7 => "PADT"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> TagName(int type) => type switch
    {
        0 => "EOL"u8,
        0x0101 => "Service-Name"u8,
        0x0102 => "AC-Name"u8,
        0x0103 => "Host-Uniq"u8,
        0x0104 => "AC-Cookie"u8,
        0x0105 => "Vendor-Specific"u8,
        0x0110 => "Relay-Session-ID"u8,
        0x0120 => "PPP-Max-Payload"u8,
        0x0201 => "Service-Name-Error"u8,
        0x0202 => "AC-System-Error"u8,
        0x0203 => "Generic-Error"u8,
        _ => default,
    };
}
