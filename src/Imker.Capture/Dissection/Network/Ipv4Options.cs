namespace Imker.Capture.Dissection;

/// <summary>The options of an IPv4 header (RFC 791, 2113).</summary>
internal static class Ipv4Options
{
    public const byte LooseRoute = 131, StrictRoute = 137;

    private const byte
        End = 0,
        NoOperation = 1,
        RecordRoute = 7,
        TimeStamp = 68,
        RouterAlert = 148;

    /// <returns>False where they were cut.</returns>
    public static bool TryPrint(ref Dissection d, int at, int length)
    {
        bool isFirst = true;
        while (length > 0 && !d.IsStopped)
        {
            if (!isFirst)
                d.Say(","u8);
            isFirst = false;
            byte kind = d.U8(at);
            if (d.IsStopped)
                break;
            d.NameOr(NameOf(kind), "unknown "u8, kind);
            int size = kind is End or NoOperation ? 1 : d.U8(at + 1);
            if (d.IsStopped)
                break;
            if (size > length || (size < 2 && kind is not (End or NoOperation)))
            {
                d.Say(" [bad length "u8, size, "]"u8);
                return true;
            }
            if (!d.Has(at, size))
                return false;
            if (kind == End)
                return true;
            PrintOption(ref d, kind, at, size);
            at += size;
            length -= size;
        }
        return true;
    }

    private static void PrintOption(ref Dissection d, byte kind, int at, int size)
    {
        switch (kind)
        {
            case TimeStamp:
                PrintTimeStamps(ref d, at, size);
                break;
            case RecordRoute or LooseRoute or StrictRoute:
                PrintRoute(ref d, at, size);
                break;
            case RouterAlert:
                if (size < 4)
                    d.Say(" [bad length "u8, size, "]"u8);
                else if (d.U16(at + 2) != 0)
                    d.Say(" value "u8, d.U16(at + 2));
                break;
        }
    }

    private static void PrintRoute(ref Dissection d, int at, int size)
    {
        if (size < 3)
        {
            d.Say(" [bad length "u8, size, "]"u8);
            return;
        }
        if (((size + 1) & 3) != 0)
            d.Say(" [bad length "u8, size, "]"u8);
        int told = d.U8(at + 2);
        uint pointer = (uint)told - 1;
        if (pointer < 3 || ((pointer + 1) & 3) != 0 || pointer > size + 1)
            d.Say(" [bad ptr "u8, told, "]"u8);
        for (int i = 3; i < size; i += 4)
        {
            if (!d.Has(at + i, 4))
                return;
            d.Say(" "u8);
            d.Ip4(at + i);
            if (pointer > i)
                d.Say(","u8);
        }
    }

    private static void PrintTimeStamps(ref Dissection d, int at, int size)
    {
        if (size < 4)
        {
            d.Say("[bad length "u8, size, "]"u8);
            return;
        }
        d.Say(" TS{"u8);
        int flags = d.U8(at + 3);
        int hop = (flags & 15) != 0 ? 8 : 4;
        if (((size - 4) & (hop - 1)) != 0)
            d.Say("[bad length "u8, size, "]"u8);
        int told = d.U8(at + 2);
        uint pointer = (uint)told - 1;
        if (pointer < 4 || ((pointer - 4) & (hop - 1)) != 0 || pointer > size + 1)
            d.Say("[bad ptr "u8, told, "]"u8);
        int last = PrintStamps(ref d, at, size, flags & 15, hop, pointer);
        if (pointer == last)
            d.Say(" ^ "u8);
        if (flags >> 4 != 0)
            d.Say(" ["u8, flags >> 4, " hops not recorded]} "u8);
        else
            d.Say("}"u8);
    }

    private static int PrintStamps(ref Dissection d, int at, int size, int kind, int hop, uint pointer)
    {
        switch (kind)
        {
            case 0:
                d.Say("TSONLY"u8);
                break;
            case 1:
                d.Say("TS+ADDR"u8);
                break;
            case 3:
                d.Say("PRESPEC"u8);
                break;
            default:
                d.Say("[bad ts type "u8, kind, "]"u8);
                return 0;
        }
        int i = 4;
        for (; i < size; i += hop)
        {
            if (!d.Has(at + i, hop))
                return i;
            d.Say(pointer == i ? " ^ "u8 : " "u8);
            d.Decimal((long)d.U32(at + i + hop - 4));
            d.Say("@"u8);
            if (hop == 8)
                d.Ip4(at + i);
        }
        return i;
    }

    private static ReadOnlySpan<byte> NameOf(byte kind) => kind switch
    {
        End => "EOL"u8,
        NoOperation => "NOP"u8,
        TimeStamp => "timestamp"u8,
        130 => "security"u8,
        RecordRoute => "RR"u8,
        StrictRoute => "SSRR"u8,
        LooseRoute => "LSRR"u8,
        RouterAlert => "RA"u8,
        82 => "traceroute"u8,
        _ => default,
    };
}
