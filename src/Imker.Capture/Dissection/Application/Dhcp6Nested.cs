namespace Imker.Capture.Dissection;

/// <summary>DHCPv6 options that hold others, and those of names.</summary>
internal static class Dhcp6Nested
{
    /// <returns>False where a name or a part was cut.</returns>
    public static bool TryPrint(ref Dissection d, int kind, int at, int length)
    {
        switch (kind)
        {
            case Dhcp6OptionTable.Address:
                d.Say(" "u8);
                d.Ip6("address"u8, at);
                d.Number(" pltime:"u8, "preferred_lifetime"u8, d.U32(at + 16));
                d.Number(" vltime:"u8, "valid_lifetime"u8, d.U32(at + 20));
                PrintInside(ref d, at, length, 24);
                return true;
            case Dhcp6OptionTable.NonTemporary or Dhcp6OptionTable.PrefixDelegation:
                d.Number(" IAID:"u8, "iaid"u8, d.U32(at));
                d.Number(" T1:"u8, "t1"u8, d.U32(at + 4));
                d.Number(" T2:"u8, "t2"u8, d.U32(at + 8));
                PrintInside(ref d, at, length, 12);
                return true;
            case Dhcp6OptionTable.Temporary:
                d.Number(" IAID:"u8, "iaid"u8, d.U32(at));
                PrintInside(ref d, at, length, 4);
                return true;
            case Dhcp6OptionTable.Prefix:
                d.Say(" "u8);
                d.Ip6("prefix"u8, at + 9);
                d.Number("/"u8, "prefix_length"u8, d.U8(at + 8));
                d.Number(" pltime:"u8, "preferred_lifetime"u8, d.U32(at));
                d.Number(" vltime:"u8, "valid_lifetime"u8, d.U32(at + 4));
                PrintInside(ref d, at, length, 25);
                return true;
            case Dhcp6OptionTable.LeaseQuery:
                byte type = d.U8(at);
                d.NameOr(type switch { 1 => " by-address"u8, 2 => " by-clientID"u8, _ => default }, " type_"u8, type);
                d.Say(" "u8);
                d.Ip6("link_address"u8, at + 1);
                PrintInside(ref d, at, length, 17);
                return true;
            case Dhcp6OptionTable.ClientData:
                PrintInside(ref d, at, length, 0);
                return true;
            case Dhcp6OptionTable.SipDomains or Dhcp6OptionTable.DomainList:
                return TryPrintDomains(ref d, at, at + length);
            case Dhcp6OptionTable.NtpServer:
                return TryPrintTimeServers(ref d, at, length);
            case Dhcp6OptionTable.TunnelEnd:
                PrintTunnelEnd(ref d, at, length);
                return true;
            default:
                return true;
        }
    }

    private static void PrintInside(ref Dissection d, int at, int length, int header)
    {
        if (length > header)
            Dhcp6Options.Print(ref d, at + header, at + length);
    }

    private static bool TryPrintDomains(ref Dissection d, int at, int end)
    {
        while (at < end)
        {
            d.Say(" "u8);
            // The names have no pointers, so nothing lies behind what they would count from.
            at = DnsName.Print(ref d, at, end);
            if (at < 0)
                return false;
        }
        return true;
    }

    private static bool TryPrintTimeServers(ref Dissection d, int at, int length)
    {
        int end = at + length;
        while (at < end - 4)
        {
            int kind = d.U16(at), size = d.U16(at + 2);
            at += 4;
            if (at + size > end)
                return false;
            d.Say(" subopt:"u8, kind);
            switch (kind)
            {
                case 1 or 2 when size == 16:
                    d.Say(" "u8);
                    d.Ip6("server"u8, at);
                    break;
                case 3:
                    d.Say(" "u8);
                    if (DnsName.Print(ref d, at, at + size) < 0)
                        return false;
                    break;
                default:
                    d.Say(" ?"u8);
                    break;
            }
            at += size;
        }
        return true;
    }

    private static void PrintTunnelEnd(ref Dissection d, int at, int length)
    {
        d.Say(" "u8);
        int left = length;
        while (left > 0 && d.U8(at) != 0)
        {
            int size = d.U8(at);
            at++;
            if (size >= left - 1)
            {
                d.Say(" ?"u8);
                return;
            }
            d.TextUntilEnd(at, size);
            at += size;
            left -= size + 1;
            if (d.U8(at) != 0)
                d.Say("."u8);
        }
    }
}
