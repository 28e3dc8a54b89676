namespace Imker.Capture.Dissection;

/// <summary>What the longer options of a TCP header tell.</summary>
internal static class TcpOptionValue
{
    private const ushort FastOpenMagic = 0xf989;

    public static TcpOptionOutcome PrintUnknown(ref Dissection d, int at, int length)
    {
        if (length == 0)
            return TcpOptionOutcome.Good;
        int there = Math.Min(length, d.Left(at));
        d.NoteBytes("value"u8, d.Packet.Slice(at, there));
        d.Say(" 0x"u8);
        d.HexBytes(d.Packet.Slice(at, there));
        return there < length ? TcpOptionOutcome.Cut : TcpOptionOutcome.Good;
    }

    public static TcpOptionOutcome PrintSelective(ref Dissection d, int at, int length, in TcpNumbers numbers)
    {
        if (length % 8 != 0)
        {
            d.Say(" invalid sack"u8);
            return TcpOptionOutcome.Good;
        }
        d.Say(" "u8, length / 8, " "u8);
        d.BeginList("blocks"u8);
        for (int i = 0; i < length; i += 8)
        {
            if (!d.Has(at + i, 8))
                return TcpOptionOutcome.Cut;
            uint first = d.U32(at + i), last = d.U32(at + i + 4);
            d.BeginItem();
            d.Note("left"u8, first);
            d.Note("right"u8, last);
            d.EndItem();
            d.Say("{"u8, first - numbers.SelectiveBase, ":"u8);
            d.Say(default, last - numbers.SelectiveBase, "}"u8);
        }
        d.EndList();
        return TcpOptionOutcome.Good;
    }

    public static TcpOptionOutcome PrintAuthentication(ref Dissection d, int at, int length)
    {
        if (length < 2)
        {
            d.SayInvalid();
            return TcpOptionOutcome.Good;
        }
        if (!d.Has(at, 1))
            return TcpOptionOutcome.Cut;
        d.Number(" keyid "u8, "key_id"u8, d.U8(at));
        if (!d.Has(at + 1, 1))
            return TcpOptionOutcome.Cut;
        d.Number(" rnextkeyid "u8, "next_key_id"u8, d.U8(at + 1));
        if (length == 2)
            return TcpOptionOutcome.Good;
        d.Say(" mac 0x"u8);
        int there = Math.Min(length - 2, d.Left(at + 2));
        d.HexBytes(d.Packet.Slice(at + 2, there));
        return there < length - 2 ? TcpOptionOutcome.Cut : TcpOptionOutcome.Good;
    }

    public static void PrintFastOpen(ref Dissection d, int at, int length)
    {
        if (length == 0)
        {
            d.Say(" cookiereq"u8);
            return;
        }
        if (length % 2 != 0 || length is < 4 or > 16)
        {
            d.SayInvalid();
            return;
        }
        d.Say(" cookie "u8);
        d.NoteBytes("cookie"u8, d.Packet.Slice(at, length));
        d.HexBytes(d.Packet.Slice(at, length));
    }

    public static TcpOptionOutcome PrintExperiment(ref Dissection d, int at, int length)
    {
        if (length < 2)
            return TcpOptionOutcome.Bad;
        d.Say("-"u8);
        ushort magic = d.U16(at);
        if (magic == FastOpenMagic)
        {
            d.Say("tfo"u8);
            PrintFastOpen(ref d, at + 2, length - 2);
        }
        else
        {
            d.Hex(magic, 4);
        }
        return TcpOptionOutcome.Good;
    }
}
