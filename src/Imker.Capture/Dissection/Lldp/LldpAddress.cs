namespace Imker.Capture.Dissection;

/// <summary>An address with its family (IANA's numbers), as LLDP carries it.</summary>
internal static class LldpAddress
{
    private const byte Ip4 = 1, Ip6 = 2, Mac = 6;
    private const int InterfaceLength = 5;

    /// <returns>False where it is too short for its family.</returns>
    public static bool TryPrint(ref Dissection d, ReadOnlySpan<byte> field, ReadOnlySpan<byte> title, int at, int length)
    {
        if (length < 1)
            return false;
        byte family = d.U8(at);
        length--;
        if (length < (family switch { Ip4 => 4, Ip6 => 16, Mac => 6, _ => 0 }))
            return false;
        d.Say(title);
        d.Say("AFI "u8);
        d.NameOr(FamilyName(family), "Unknown"u8);
        d.Say(" ("u8, family, ")"u8);
        if (family is not (Ip4 or Ip6 or Mac))
        {
            d.Say(", no AF printer !"u8);
            return true;
        }
        d.Say(": "u8);
        if (family == Ip4)
            d.Ip4(field, at + 1);
        else if (family == Ip6)
            d.Ip6(field, at + 1);
        else
            d.Mac(field, at + 1);
        return true;
    }

    public static bool TryPrintManagement(ref Dissection d, int at, int length)
    {
        int size = d.U8(at);
        int left = length - 1;
        at++;
        if (left < size || !HasRoom(d, at, size))
            return false;
        d.Say("\n\t  Management Address length "u8, size, ", "u8);
        TryPrint(ref d, "management_address"u8, default, at, size);
        at += size;
        left -= size;
        if (left < InterfaceLength)
            return false;
        byte numbering = d.U8(at);
        d.Say("\n\t  "u8);
        d.Say(numbering switch { 2 => "Interface Index"u8, 3 => "System Port Number"u8, _ => "Unknown"u8 });
        d.Say(" Interface Numbering ("u8, numbering, "): "u8);
        d.Decimal((long)d.U32(at + 1));
        at += InterfaceLength;
        left -= InterfaceLength;
        if (left == 0)
            return true;
        int identifier = d.U8(at);
        if (left < 1 + identifier)
            return false;
        if (identifier > 0)
        {
            d.Say("\n\t  OID length "u8, identifier);
            d.PaddedTextOrStop(at + 1, identifier);
        }
        return true;
    }

    private static bool HasRoom(in Dissection d, int at, int size) =>
        size >= 1 && size - 1 >= (d.Packet[at] switch { Ip4 => 4, Ip6 => 16, Mac => 6, _ => 0 });

    private static ReadOnlySpan<byte> FamilyName(byte family) => family switch
    {
        0 => "Reserved"u8,
        Ip4 => "IPv4"u8,
        Ip6 => "IPv6"u8,
        3 => "NSAP"u8,
        4 => "HDLC"u8,
        5 => "BBN 1822"u8,
        Mac => "802"u8,
        7 => "E.163"u8,
        8 => "E.164"u8,
        9 => "F.69"u8,
        10 => "X.121"u8,
        11 => "Novell IPX"u8,
        12 => "Appletalk"u8,
        13 => "Decnet IV"u8,
        14 => "Banyan Vines"u8,
        15 => "E.164 with NSAP subaddress"u8,
        16 => "DNS"u8,
        17 => "Distinguished name"u8,
        18 => "AS Number"u8,
        19 => "XTP over IP4"u8,
        20 => "XTP over IP6"u8,
        21 => "XTP XTP"u8,
        22 => "Fibre Channel"u8,
        23 => "Fibre Channel GW"u8,
        25 => "L2VPN"u8,
        _ => default,
    };
}
