namespace Imker.Capture.Dissection;

/// <summary>The option of Multipath TCP (RFC 8684).</summary>
internal static class MultipathPrinter
{
    /// <param name="length">Bytes of the whole option, whose presence the caller has checked.</param>
    /// <returns>False where its length cannot be.</returns>
    public static bool TryPrint(ref Dissection d, int at, int length, byte flags)
    {
        d.Protocol = "mptcp"u8;
        if (length < 3)
            return false;
        int subtype = d.U8(at + 2) >> 4;
        d.Note("subtype"u8, subtype);
        d.Say(" "u8, length, " "u8);
        d.Say(SubtypeName(subtype));
        return subtype switch
        {
            0 => TryPrintCapable(ref d, at, length, flags),
            1 => TryPrintJoin(ref d, at, length, flags),
            2 => TryPrintSequence(ref d, at, length, flags),
            3 => TryPrintAddress(ref d, at, length),
            4 => TryPrintRemoval(ref d, at, length),
            5 => TryPrintPriority(ref d, at, length),
            6 => TryPrintKey(ref d, at, length, isSequence: true),
            7 => TryPrintKey(ref d, at, length, isSequence: false),
            _ => true,
        };
    }

    private static bool TryPrintCapable(ref Dissection d, int at, int length, byte flags)
    {
        bool isSyn = (flags & TcpPrinter.Syn) != 0;
        bool isAckOnly = !isSyn && (flags & TcpPrinter.Ack) != 0;
        if (!(length is 12 or 4 && isSyn) && !(length is 20 or 22 && isAckOnly))
            return false;
        int version = d.U8(at + 2) & 15;
        if (version > 1)
        {
            d.Say(" Unknown Version ("u8, version, ")"u8);
            return true;
        }
        d.Say(" v"u8, version);
        byte options = d.U8(at + 3);
        if ((options & 0x80) != 0)
            d.Say(" csum"u8);
        if (length == 4)
            return true;
        d.Say(" {0x"u8, d.U64(at + 4), 1);
        if (length >= 20)
            d.Say(",0x"u8, d.U64(at + 12), 1);
        d.Say("}"u8);
        return true;
    }

    private static bool TryPrintJoin(ref Dissection d, int at, int length, byte flags)
    {
        bool isSyn = (flags & TcpPrinter.Syn) != 0, isAck = (flags & TcpPrinter.Ack) != 0;
        if (!(length == 12 && isSyn) && !(length == 16 && isSyn && isAck) && !(length == 24 && isAck))
            return false;
        if (length == 24)
        {
            d.Say(" hmac 0x"u8);
            d.HexBytes(d.Packet.Slice(at + 4, 20));
            return true;
        }
        if ((d.U8(at + 2) & 1) != 0)
            d.Say(" backup"u8);
        d.Say(" id "u8, d.U8(at + 3));
        if (length == 12)
            d.Say(" token 0x"u8, d.U32(at + 4), 1);
        else
            d.Say(" hmac 0x"u8, d.U64(at + 4), 1);
        d.Say(" nonce 0x"u8, d.U32(at + length - 4), 1);
        return true;
    }

    private static bool TryPrintSequence(ref Dissection d, int at, int length, byte flags)
    {
        if (length < 4 || (flags & TcpPrinter.Syn) != 0)
            return false;
        byte options = d.U8(at + 3);
        if ((options & 0x10) != 0)
            d.Say(" fin"u8);
        at += 4;
        length -= 4;
        if ((options & 1) != 0)
        {
            d.Say(" ack "u8);
            if (!TryPrintNumber(ref d, ref at, ref length, (options & 2) != 0))
                return false;
        }
        if ((options & 4) != 0)
        {
            d.Say(" seq "u8);
            if (!TryPrintNumber(ref d, ref at, ref length, (options & 8) != 0) || length < 4)
                return false;
            d.Say(" subseq "u8, d.U32(at));
            if (length < 6)
                return false;
            d.Say(" len "u8, d.U16(at + 4));
            at += 6;
            length -= 6;
            if (length >= 2)
            {
                d.Say(" csum 0x"u8, d.U16(at), 1);
                length -= 2;
            }
        }
        return length == 0;
    }

    private static bool TryPrintNumber(ref Dissection d, ref int at, ref int length, bool isLong)
    {
        int size = isLong ? 8 : 4;
        if (length < size)
            return false;
        d.Decimal(isLong ? d.U64(at) : d.U32(at));
        at += size;
        length -= size;
        return true;
    }

    private static bool TryPrintAddress(ref Dissection d, int at, int length)
    {
        bool is4 = length is 8 or 10 or 16 or 18;
        if (!is4 && length is not (20 or 22 or 28 or 30))
            return false;
        d.Say((d.U8(at + 2) & 15) switch
        {
            6 => " v0-ip6"u8,
            4 => " v0-ip4"u8,
            1 => " v1-echo"u8,
            0 => " v1"u8,
            _ => " [bad version/echo]"u8,
        });
        d.Say(" id "u8, d.U8(at + 3), " "u8);
        int address = at + 4;
        int end = address + (is4 ? 4 : 16);
        if (is4)
            d.Ip4(address);
        else
            d.Ip6(address);
        if (length is 10 or 18 or 22 or 30)
        {
            d.Say(":"u8, d.U16(end));
            end += 2;
        }
        if (length is 16 or 18 or 28 or 30)
            d.Say(" hmac 0x"u8, d.U64(end), 1);
        return true;
    }

    private static bool TryPrintRemoval(ref Dissection d, int at, int length)
    {
        if (length < 4)
            return false;
        d.Say(" id"u8);
        for (int i = 3; i < length; i++)
            d.Say(" "u8, d.U8(at + i));
        return true;
    }

    private static bool TryPrintPriority(ref Dissection d, int at, int length)
    {
        if (length is not (3 or 4))
            return false;
        d.Say((d.U8(at + 2) & 1) != 0 ? " backup"u8 : " non-backup"u8);
        if (length == 4)
            d.Say(" id "u8, d.U8(at + 3));
        return true;
    }

    private static bool TryPrintKey(ref Dissection d, int at, int length, bool isSequence)
    {
        if (length != 12)
            return false;
        d.Say(isSequence ? " seq "u8 : " key 0x"u8);
        if (isSequence)
            d.Decimal(d.U64(at + 4));
        else
            d.Hex(d.U64(at + 4));
        return true;
    }

    private static ReadOnlySpan<byte> SubtypeName(int subtype) => subtype switch
    {
        0 => "capable"u8,
        1 => "join"u8,
        2 => "dss"u8,
        3 => "add-addr"u8,
        4 => "rem-addr"u8,
        5 => "prio"u8,
        6 => "fail"u8,
        7 => "fast-close"u8,
        _ => "unknown"u8,
    };
}
