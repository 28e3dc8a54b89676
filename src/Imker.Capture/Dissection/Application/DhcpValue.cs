namespace Imker.Capture.Dissection;

/// <summary>The value of a DHCP option in one of the usual forms.</summary>
internal static class DhcpValue
{
    /// <returns>Bytes of it that were shown.</returns>
    public static int Print(ref Dissection d, DhcpFormat format, int at, int length)
    {
        if (format == DhcpFormat.Text)
        {
            ReadOnlySpan<byte> text = d.Packet.Slice(at, length);
            d.NoteText("value"u8, text);
            d.Say("\""u8);
            d.Text(text);
            d.Say("\""u8);
            return length;
        }
        int unit = UnitOf(format);
        int shown = 0;
        bool isAddress = format == DhcpFormat.Addresses;
        if (isAddress || format is DhcpFormat.Numbers or DhcpFormat.Shorts or DhcpFormat.SignedNumbers)
            d.BeginList("values"u8);
        else
            d.NoteBytes("value"u8, d.Packet.Slice(at, length));
        for (; length - shown >= unit; shown += unit)
        {
            if (shown > 0)
                d.Say(format == DhcpFormat.Bytes ? "."u8 : ","u8);
            PrintOne(ref d, format, at + shown);
        }
        if (isAddress || format is DhcpFormat.Numbers or DhcpFormat.Shorts or DhcpFormat.SignedNumbers)
            d.EndList();
        return shown;
    }

    private static int UnitOf(DhcpFormat format) => format switch
    {
        DhcpFormat.Addresses or DhcpFormat.Numbers or DhcpFormat.SignedNumbers => 4,
        DhcpFormat.AddressPairs => 8,
        DhcpFormat.Shorts => 2,
        _ => 1,
    };

    private static void PrintOne(ref Dissection d, DhcpFormat format, int at)
    {
        switch (format)
        {
            case DhcpFormat.Addresses:
                d.Ip4(default, at);
                break;
            case DhcpFormat.AddressPairs:
                d.Say("("u8);
                d.Ip4(at);
                d.Say(":"u8);
                d.Ip4(at + 4);
                d.Say(")"u8);
                break;
            case DhcpFormat.Numbers:
                d.Number(default, d.U32(at));
                break;
            case DhcpFormat.SignedNumbers:
                d.Number(default, (int)d.U32(at));
                break;
            case DhcpFormat.Shorts:
                d.Number(default, d.U16(at));
                break;
            case DhcpFormat.Flags:
                byte flag = d.U8(at);
                if (flag > 1)
                    d.Say(default, flag, "?"u8);
                else
                    d.Say(flag == 1 ? "Y"u8 : "N"u8);
                break;
            default:
                d.Decimal((long)d.U8(at));
                break;
        }
    }
}
