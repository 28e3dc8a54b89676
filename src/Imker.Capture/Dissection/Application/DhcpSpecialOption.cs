namespace Imker.Capture.Dissection;

/// <summary>DHCP options that have a form of their own: node types, names, identifiers, relays (RFC 3046), routes (RFC 3442), classes (RFC 3004).</summary>
internal static class DhcpSpecialOption
{
    /// <returns>Bytes of it that were shown.</returns>
    public static int Print(ref Dissection d, byte kind, int at, int length)
    {
        d.NoteBytes("value"u8, d.Packet.Slice(at, length));
        switch (kind)
        {
            case DhcpOptionTable.NetbiosNode or DhcpOptionTable.Overload:
                return PrintNumbered(ref d, kind, at, length);
            case DhcpOptionTable.ClientName:
                return PrintClientName(ref d, at, length);
            case DhcpOptionTable.ClientId:
                return PrintClientId(ref d, at, length);
            case DhcpOptionTable.AgentInformation:
                return PrintAgent(ref d, at, length);
            case DhcpOptionTable.UserClass:
                return PrintClasses(ref d, at, length);
            default:
                return DhcpRoutes.Print(ref d, at, length);
        }
    }

    public static bool IsTooShort(ref Dissection d, int length, int needed)
    {
        if (length >= needed)
            return false;
        d.Say("[ERROR: length < "u8, needed, " bytes]"u8);
        return true;
    }

    private static int PrintNumbered(ref Dissection d, byte kind, int at, int length)
    {
        if (IsTooShort(ref d, length, 1))
            return length;
        byte value = d.U8(at);
        ReadOnlySpan<byte> name = kind == DhcpOptionTable.Overload
            ? value switch { 1 => "file"u8, 2 => "sname"u8, 3 => "file+sname"u8, _ => default }
            : value switch { 1 => "b-node"u8, 2 => "p-node"u8, 4 => "m-node"u8, 8 => "h-node"u8, _ => default };
        d.NameOr(name, "#"u8, value);
        return 1;
    }

    private static int PrintClientName(ref Dissection d, int at, int length)
    {
        if (IsTooShort(ref d, length, 3))
            return length;
        byte flags = d.U8(at), first = d.U8(at + 1), second = d.U8(at + 2);
        if (flags >> 4 != 0)
        {
            d.Say("[ERROR: MBZ nibble 0x"u8, (ulong)(flags >> 4), 1);
            d.Say(" != 0] "u8);
        }
        if ((flags & 15) != 0)
        {
            d.Say("["u8);
            for (int bit = 0; bit < 4; bit++)
            {
                if ((flags & 1 << bit) != 0)
                    d.Say("SOEN"u8.Slice(bit, 1));
            }
            d.Say("] "u8);
        }
        if (first != 0 || second != 0)
        {
            d.Say(default, first, "/"u8);
            d.Say(default, second, " "u8);
        }
        SayQuoted(ref d, at + 3, length - 3);
        return length;
    }

    private static int PrintClientId(ref Dissection d, int at, int length)
    {
        if (IsTooShort(ref d, length, 1))
            return length;
        byte type = d.U8(at);
        if (type == 0)
        {
            SayQuoted(ref d, at + 1, length - 1);
            return length;
        }
        ReadOnlySpan<byte> name = type switch
        {
            0x01 => "ether"u8,
            0x06 => "ieee802"u8,
            0x07 => "arcnet"u8,
            0x0f => "frelay"u8,
            0x17 => "strip"u8,
            0x18 => "ieee1394"u8,
            _ => default,
        };
        d.NameOr(name, "hardware-type "u8, type, ","u8);
        d.Say(" "u8);
        d.HexBytes(d.Packet.Slice(at + 1, length - 1), ":"u8);
        return length;
    }

    private static int PrintAgent(ref Dissection d, int at, int length)
    {
        int left = length;
        while (left >= 2)
        {
            byte kind = d.U8(at);
            int size = d.U8(at + 1);
            at += 2;
            left -= 2;
            d.Say("\n\t      "u8);
            d.Say(kind switch { 1 => "Circuit-ID"u8, 2 => "Remote-ID"u8, 6 => "Subscriber-ID"u8, _ => "Unknown"u8 });
            d.Say(" SubOption "u8, kind, ", length "u8);
            d.Say(default, size, ": "u8);
            if (size > left)
            {
                d.Say("length goes past end of option"u8);
                return length;
            }
            if (kind is 1 or 2 or 6)
                d.Text(d.Packet.Slice(at, size));
            else
                d.UnknownPart(at, "\n\t\t"u8, size);
            at += size;
            left -= size;
        }
        return length - left;
    }

    private static int PrintClasses(ref Dissection d, int at, int length)
    {
        if (IsTooShort(ref d, length, 2))
            return length;
        int left = length;
        for (int number = 1; left > 0; number++)
        {
            int size = d.U8(at);
            at++;
            left--;
            d.Say("\n\t      instance#"u8, number, ": "u8);
            if (size == 0 || left < size)
            {
                d.Say(size == 0 ? "[ERROR: suboption length must be non-zero]"u8 : "[ERROR: invalid option]"u8);
                return length;
            }
            SayQuoted(ref d, at, size);
            d.Say(", length "u8, size);
            at += size;
            left -= size;
        }
        return length;
    }

    private static void SayQuoted(ref Dissection d, int at, int length)
    {
        d.Say("\""u8);
        d.Text(d.Packet.Slice(at, length));
        d.Say("\""u8);
    }
}
