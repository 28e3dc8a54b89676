namespace Imker.Capture.Dissection;

/// <summary>Names of the Domain Name System (RFC 1035 section 4.1.4), compressed or not.</summary>
internal static class DnsName
{
    private const byte KindMask = 0xc0, Pointer = 0xc0, Extended = 0x40, Reserved = 0x80, BitLabel = 0x41;

    /// <summary>Steps over a name; negative where it was cut.</summary>
    public static int Skip(in Dissection d, int at)
    {
        while (d.Has(at, 1))
        {
            byte length = d.Packet[at];
            at++;
            if (length == 0)
                return at;
            if ((length & KindMask) == Pointer)
                return at + 1;
            if ((length & KindMask) != Extended)
                at += length;
            else if (length == BitLabel && d.Has(at, 1))
                at += 1 + (BitCount(d.Packet[at]) + 7) / 8;
            else
                return -1;
        }
        return -1;
    }

    /// <summary>Says a name. Pointers go backwards only, so every name ends.</summary>
    /// <param name="message">What pointers count from.</param>
    /// <returns>Where the name ends in the packet; negative where it was cut or cannot be.</returns>
    public static int Print(ref Dissection d, int at, int message)
    {
        int lowest = at - message;
        int end = -1;
        if (!TryLabel(ref d, at, out byte first, out int size))
            return -1;
        if (first == 0)
        {
            d.Say("."u8);
            return at + 1;
        }
        byte length = first;
        at++;
        while (length != 0 && at < d.End)
        {
            if ((length & KindMask) == Pointer)
            {
                if (end < 0)
                    end = at + 1;
                int offset = (length << 8 | d.Packet[at]) & 0x3fff;
                if (offset >= lowest)
                {
                    d.Say("<BAD PTR>"u8);
                    return -1;
                }
                lowest = offset;
                at = message + offset;
            }
            else
            {
                if (length == BitLabel ? !TryPrintBits(ref d, at) : !d.TextUntilEnd(at, size))
                    return -1;
                at += size;
                d.Say("."u8);
            }
            if (!TryLabel(ref d, at, out length, out size))
                return -1;
            at++;
        }
        // A name that is a pointer, of which the second byte is missing.
        bool isHalf = (first & KindMask) == Pointer && end < 0;
        return isHalf ? -1 : end >= 0 ? end : at;
    }

    private static bool TryLabel(ref Dissection d, int at, out byte length, out int size)
    {
        length = 0;
        size = 0;
        if (!d.Has(at, 1))
            return false;
        length = d.Packet[at];
        size = length;
        if ((length & KindMask) == Reserved)
        {
            d.Say("<BAD LABEL TYPE>"u8);
            return false;
        }
        if ((length & KindMask) != Extended)
            return true;
        if (length != BitLabel)
        {
            d.Say("<ELT "u8, length & ~KindMask, ">"u8);
            return false;
        }
        if (!d.Has(at + 1, 1))
            return false;
        size = (BitCount(d.Packet[at + 1]) + 7) / 8 + 1;
        return true;
    }

    private static bool TryPrintBits(ref Dissection d, int at)
    {
        if (!d.Has(at, 1))
            return false;
        int count = BitCount(d.Packet[at]);
        d.Say("\\[x"u8);
        int bits = count;
        int next = at + 1;
        for (; bits > 7; bits -= 8, next++)
        {
            if (!TryByte(ref d, next, count, out byte whole))
                return false;
            d.Hex(whole, 2);
        }
        if (bits > 0)
        {
            if (!TryByte(ref d, next, count, out byte rest))
                return false;
            if (bits > 4)
                d.Hex((ulong)(rest & (0xff << (8 - bits)) & 0xff), 2);
            else
                d.Hex((ulong)(rest >> 4 & 15 & (15 << (4 - bits))));
        }
        d.Say("/"u8, count, "]"u8);
        return true;
    }

    private static bool TryByte(ref Dissection d, int at, int count, out byte value)
    {
        value = d.Has(at, 1) ? d.Packet[at] : (byte)0;
        if (d.Has(at, 1))
            return true;
        d.Say(".../"u8, count, "]"u8);
        return false;
    }

    private static int BitCount(byte told) => told == 0 ? 256 : told;
}
