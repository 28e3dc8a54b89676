namespace Imker.Capture.Dissection;

/// <summary>The options of DHCPv6 (RFC 8415 section 21 and others), which may hold options themselves.</summary>
internal static class Dhcp6Options
{
    private const int HeaderLength = 4;
    private const int ShownOfId = 10;

    public static void Print(ref Dissection d, int at, int end)
    {
        if (!d.TryNest())
            return;
        d.BeginList("options"u8);
        while (at < end && !d.IsStopped)
        {
            if (at + HeaderLength > end || !d.Has(at, HeaderLength))
            {
                d.SayTruncated();
                break;
            }
            int kind = d.U16(at), length = d.U16(at + 2);
            int body = at + HeaderLength;
            if (body + length > end)
            {
                d.SayTruncated();
                break;
            }
            d.BeginItem();
            d.Note("code"u8, kind);
            d.Note("name"u8, Dhcp6OptionTable.NameOf(kind));
            d.Say(" ("u8);
            d.NameOr(Dhcp6OptionTable.NameOf(kind), "opt_"u8, kind);
            bool isWhole = d.Has(body, length) && TryPrint(ref d, kind, body, length);
            d.EndItem();
            if (!isWhole)
            {
                d.SayTruncated();
                break;
            }
            at = body + length;
        }
        d.EndList();
        d.Unnest();
    }

    private static bool TryPrint(ref Dissection d, int kind, int at, int length)
    {
        if (!HasValidLength(kind, length))
        {
            d.Say(" ?)"u8);
            return true;
        }
        bool isWhole = TryPrintValue(ref d, kind, at, length);
        if (isWhole)
            d.Say(")"u8);
        return isWhole;
    }

    private static bool HasValidLength(int kind, int length) => kind switch
    {
        Dhcp6OptionTable.ClientId or Dhcp6OptionTable.ServerId or Dhcp6OptionTable.Status => length >= 2,
        Dhcp6OptionTable.Address => length >= 24,
        Dhcp6OptionTable.Requested or Dhcp6OptionTable.EchoRequest => length % 2 == 0,
        Dhcp6OptionTable.Preference or Dhcp6OptionTable.ReconfigureMessage => length == 1,
        Dhcp6OptionTable.Elapsed => length == 2,
        Dhcp6OptionTable.Authentication => length >= 11,
        Dhcp6OptionTable.SipAddresses or Dhcp6OptionTable.DnsServers or Dhcp6OptionTable.SntpServers or Dhcp6OptionTable.NisServers
            or Dhcp6OptionTable.NisPlusServers or Dhcp6OptionTable.BroadcastServers or Dhcp6OptionTable.PanaAgent
            or Dhcp6OptionTable.ClientLink => length % 16 == 0,
        Dhcp6OptionTable.NonTemporary or Dhcp6OptionTable.PrefixDelegation => length >= 12,
        Dhcp6OptionTable.Temporary or Dhcp6OptionTable.RemoteId or Dhcp6OptionTable.NtpServer => length >= 4,
        Dhcp6OptionTable.Prefix => length >= 25,
        Dhcp6OptionTable.Lifetime or Dhcp6OptionTable.ClientTime => length == 4,
        Dhcp6OptionTable.LeaseQuery => length >= 17,
        Dhcp6OptionTable.RelayData => length >= 16,
        Dhcp6OptionTable.TunnelEnd => length >= 3,
        Dhcp6OptionTable.PosixTimeZone or Dhcp6OptionTable.TimeZoneName or Dhcp6OptionTable.UsageUrl => length >= 5,
        _ => true,
    };

    private static bool TryPrintValue(ref Dissection d, int kind, int at, int length)
    {
        switch (kind)
        {
            case Dhcp6OptionTable.ClientId or Dhcp6OptionTable.ServerId:
                PrintIdentifier(ref d, at, length);
                return true;
            case Dhcp6OptionTable.Requested or Dhcp6OptionTable.EchoRequest:
                PrintRequested(ref d, at, length);
                return true;
            case Dhcp6OptionTable.Preference:
                d.Number(" "u8, "value"u8, d.U8(at));
                return true;
            case Dhcp6OptionTable.Elapsed:
                d.Number(" "u8, "value"u8, d.U16(at));
                return true;
            case Dhcp6OptionTable.Lifetime or Dhcp6OptionTable.ClientTime:
                d.Number(" "u8, "value"u8, d.U32(at));
                return true;
            case Dhcp6OptionTable.RelayMessage:
                d.Say(" ("u8);
                Dhcp6Printer.Print(ref d, at, length);
                return true;
            case Dhcp6OptionTable.Authentication:
                Dhcp6Authentication.Print(ref d, at, length);
                return true;
            case Dhcp6OptionTable.InterfaceId or Dhcp6OptionTable.SubscriberId:
                SayStart(ref d, " "u8, at, length);
                return true;
            case Dhcp6OptionTable.ReconfigureMessage:
                PrintReconfigure(ref d, d.U8(at));
                return true;
            case Dhcp6OptionTable.SipAddresses or Dhcp6OptionTable.DnsServers or Dhcp6OptionTable.SntpServers or Dhcp6OptionTable.NisServers
                or Dhcp6OptionTable.NisPlusServers or Dhcp6OptionTable.BroadcastServers or Dhcp6OptionTable.PanaAgent or Dhcp6OptionTable.ClientLink:
                PrintAddresses(ref d, at, length);
                return true;
            case Dhcp6OptionTable.Status:
                int code = d.U16(at);
                d.Note("value"u8, code);
                d.Say(" "u8);
                d.NameOr(Dhcp6OptionTable.StatusName(code), "code"u8, code);
                return true;
            case Dhcp6OptionTable.RemoteId:
                d.Say(" "u8, d.U32(at));
                SayStart(ref d, " "u8, at + 4, length - 4);
                return true;
            case Dhcp6OptionTable.RelayData:
                d.Say(" "u8);
                d.Ip6(at);
                SayStart(ref d, " "u8, at + 16, length - 16);
                return true;
            case Dhcp6OptionTable.PosixTimeZone or Dhcp6OptionTable.TimeZoneName or Dhcp6OptionTable.UsageUrl:
                d.Say("="u8);
                d.Text(d.Packet.Slice(at, length));
                d.NoteText("value"u8, d.Packet.Slice(at, length));
                return true;
            default:
                return Dhcp6Nested.TryPrint(ref d, kind, at, length);
        }
    }

    private static void PrintIdentifier(ref Dissection d, int at, int length)
    {
        int type = d.U16(at);
        d.NoteBytes("duid"u8, d.Packet.Slice(at, length));
        switch (type)
        {
            case 1 when length >= 8:
                d.Say(" hwaddr/time type "u8, d.U16(at + 2), " time "u8);
                d.Say(default, d.U32(at + 4), " "u8);
                d.HexBytes(d.Packet.Slice(at + 8, length - 8));
                break;
            case 2 when length >= 10:
                d.Say(" vid "u8);
                d.HexBytes(d.Packet.Slice(at + 2, 8));
                break;
            case 3 when length >= 4:
                d.Say(" hwaddr type "u8, d.U16(at + 2), " "u8);
                d.HexBytes(d.Packet.Slice(at + 4, length - 4));
                break;
            case 1 or 2 or 3:
                d.Say(" ?"u8);
                break;
            case 4 when length == 18:
                d.Say(" type "u8, type);
                break;
            default:
                d.Say(" type "u8, type);
                break;
        }
    }

    private static void PrintRequested(ref Dissection d, int at, int length)
    {
        d.BeginList("values"u8);
        for (int i = 0; i < length; i += 2)
        {
            int option = d.U16(at + i);
            d.Note(default, option);
            d.Say(" "u8);
            d.NameOr(Dhcp6OptionTable.NameOf(option), "opt_"u8, option);
        }
        d.EndList();
    }

    private static void PrintReconfigure(ref Dissection d, byte type)
    {
        if (type is 5 or 11)
        {
            d.Say(type == 5 ? " for renew"u8 : " for inf-req"u8);
            return;
        }
        d.Say(" for ???("u8, type, 2);
        d.Say(")"u8);
    }

    private static void PrintAddresses(ref Dissection d, int at, int length)
    {
        d.BeginList("values"u8);
        for (int i = 0; i < length; i += 16)
        {
            d.Say(" "u8);
            d.Ip6(default, at + i);
        }
        d.EndList();
    }

    private static void SayStart(ref Dissection d, ReadOnlySpan<byte> before, int at, int length)
    {
        d.Say(before);
        d.NoteBytes("value"u8, d.Packet.Slice(at, length));
        d.HexBytes(d.Packet.Slice(at, Math.Min(length, ShownOfId)));
        d.Say("..."u8);
    }
}
