namespace Imker.Capture.Dissection;

/// <summary>Dynamic host configuration for IPv6 (RFC 8415), leasequery (RFC 5007) among it.</summary>
internal static class Dhcp6Printer
{
    private const byte RelayForward = 12, RelayReply = 13;
    private const int RelayLength = 34;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "dhcp6"u8;
        d.Say("dhcp6"u8);
        if (length < 4 || !d.Has(at, 4))
        {
            d.SayTruncated();
            return;
        }
        if (!d.TryNest())
            return;
        PrintMessage(ref d, at, length);
        d.Unnest();
    }

    private static void PrintMessage(ref Dissection d, int at, int length)
    {
        int end = Math.Min(d.End, at + length);
        byte type = d.U8(at);
        d.Layer("dhcp6"u8);
        d.Note("type"u8, type);
        d.Note("type_name"u8, TypeName(type));
        d.Say(" "u8);
        d.NameOr(TypeName(type), "msgtype-"u8, type);
        if (!d.IsVerbose)
            return;
        d.Say(" ("u8);
        if (type is RelayForward or RelayReply)
        {
            if (!d.Require(at + 2, 16))
                return;
            d.Say("linkaddr="u8);
            d.Ip6("link_address"u8, at + 2);
            if (!d.Require(at + 18, 16))
                return;
            d.Say(" peeraddr="u8);
            d.Ip6("peer_address"u8, at + 18);
            Dhcp6Options.Print(ref d, at + RelayLength, end);
        }
        else
        {
            uint transaction = d.U24(at + 1);
            d.Note("transaction"u8, transaction);
            d.Say("xid="u8, transaction, 1);
            Dhcp6Options.Print(ref d, at + 4, end);
        }
        d.Say(")"u8);
    }

    private static ReadOnlySpan<byte> TypeName(byte type) => type switch
    {
        1 => "solicit"u8,
        2 => "advertise"u8,
        3 => "request"u8,
        4 => "confirm"u8,
        5 => "renew"u8,
        6 => "rebind"u8,
        7 => "reply"u8,
        8 => "release"u8,
        9 => "decline"u8,
        10 => "reconfigure"u8,
        11 => "inf-req"u8,
        RelayForward => "relay-fwd"u8,
        RelayReply => "relay-reply"u8,
        14 => "leasequery"u8,
        15 => "leasequery-reply"u8,
        _ => default,
    };
}
