namespace Imker.Capture.Dissection;

/// <summary>The options behind the cookie (RFC 2132).</summary>
internal static class DhcpOptions
{
    public static void Print(ref Dissection d, int at)
    {
        d.Say("\n\t  Vendor-rfc1048 Extensions"u8);
        d.Say("\n\t    Magic Cookie 0x"u8, d.U32(at), 8);
        at += 4;
        d.BeginList("options"u8);
        while (d.Has(at, 1) && !d.IsStopped)
        {
            byte kind = d.U8(at);
            at++;
            if (kind == DhcpOptionTable.Pad && d.Verbosity < 3)
                continue;
            if (kind == DhcpOptionTable.End && d.Verbosity < 3)
                break;
            int length = 0;
            if (kind is not (DhcpOptionTable.Pad or DhcpOptionTable.End))
            {
                length = d.U8(at);
                at++;
            }
            SayTitle(ref d, kind, length);
            if (kind == DhcpOptionTable.Pad)
                SkipPadding(ref d, ref at);
            if (!d.Require(at, length))
                return;
            d.BeginItem();
            d.Note("code"u8, kind);
            d.Note("name"u8, DhcpOptionTable.NameOf(kind));
            bool isWhole = TryPrintOption(ref d, kind, at, length);
            d.EndItem();
            if (!isWhole)
                return;
            at += length;
        }
        d.EndList();
    }

    private static void SayTitle(ref Dissection d, byte kind, int length)
    {
        d.Say("\n\t    "u8);
        d.NameOr(DhcpOptionTable.NameOf(kind), "Unknown"u8);
        d.Say(" ("u8, kind, "), length "u8);
        d.Decimal(length);
        if (length > 0)
            d.Say(": "u8);
    }

    private static void SkipPadding(ref Dissection d, ref int at)
    {
        int count = 1;
        for (; d.Has(at, 1) && d.U8(at) == DhcpOptionTable.Pad; at++)
            count++;
        if (count > 1)
            d.Say(", occurs "u8, count);
    }

    private static bool TryPrintOption(ref Dissection d, byte kind, int at, int length)
    {
        if (kind == DhcpOptionTable.MessageType && length == 1)
        {
            byte type = d.U8(at);
            d.Note("value"u8, type);
            d.Note("value_name"u8, MessageName(type));
            d.NameOr(MessageName(type), "Unknown ("u8, type, ")"u8);
            return true;
        }
        if (kind == DhcpOptionTable.ParameterRequest)
        {
            PrintRequested(ref d, at, length);
            return true;
        }
        int shown = DhcpOptionTable.FormatOf(kind, length) is { } format && format == DhcpFormat.Special
            ? DhcpSpecialOption.Print(ref d, kind, at, length)
            : DhcpValue.Print(ref d, format, at, length);
        if (shown < length)
            d.Say("\n\t  trailing data length "u8, length - shown);
        return true;
    }

    private static void PrintRequested(ref Dissection d, int at, int length)
    {
        d.NoteBytes("value"u8, d.Packet.Slice(at, length));
        for (int i = 0; i < length; i++)
        {
            byte option = d.U8(at + i);
            d.Say(i % 4 == 0 ? "\n\t      "u8 : ", "u8);
            d.NameOr(DhcpOptionTable.NameOf(option), "Unknown"u8);
            d.Say(" ("u8, option, ")"u8);
        }
    }

    private static ReadOnlySpan<byte> MessageName(byte type) => type switch
    {
        1 => "Discover"u8,
        2 => "Offer"u8,
        3 => "Request"u8,
        4 => "Decline"u8,
        5 => "ACK"u8,
        6 => "NACK"u8,
        7 => "Release"u8,
        8 => "Inform"u8,
        10 => "LeaseQuery"u8,
        11 => "LeaseUnassigned"u8,
        12 => "LeaseUnknown"u8,
        13 => "LeaseActive"u8,
        _ => default,
    };
}
