using System.Buffers.Binary;

namespace Imker.Capture.Dissection;

/// <summary>The loopback interface of the BSDs: an address family in somebody's byte order.</summary>
internal static class NullPrinter
{
    private const int HeaderLength = 4;

    public static void Print(ref Dissection d, int length)
    {
        d.Protocol = "null"u8;
        if (d.Packet.Length < HeaderLength)
        {
            d.Stop();
            return;
        }
        d.LinkHeaderLength = HeaderLength;
        uint family = BinaryPrimitives.ReadUInt32LittleEndian(d.Packet);
        if ((family & 0xffff0000) != 0)
            family = BinaryPrimitives.ReverseEndianness(family);
        d.Layer("null"u8);
        d.Note("family"u8, family);
        if (d.Context.ShowsLink)
            PrintHeader(ref d, family, length);
        switch (family)
        {
            case 2:
                Ipv4Printer.Print(ref d, HeaderLength, length - HeaderLength);
                break;
            case 24 or 28 or 30:
                Ipv6Printer.Print(ref d, HeaderLength, length - HeaderLength);
                break;
            default:
                if (!d.Context.ShowsLink)
                    PrintHeader(ref d, family, length);
                d.Unknown(HeaderLength, d.Packet.Length - HeaderLength);
                break;
        }
    }

    private static void PrintHeader(ref Dissection d, uint family, int length)
    {
        if (d.Context.IsQuick)
        {
            d.NameOr(FamilyName(family), "Unknown AF "u8, family);
        }
        else
        {
            d.Say("AF "u8);
            d.NameOr(FamilyName(family), "Unknown"u8);
            d.Say(" ("u8, family, ")"u8);
        }
        d.Say(", length "u8, length, ": "u8);
    }

    private static ReadOnlySpan<byte> FamilyName(uint family) => family switch
    {
        2 => "IPv4"u8,
        6 => "NS"u8,
        7 => "ISO"u8,
        16 => "Appletalk"u8,
        23 => "IPX"u8,
        24 or 28 or 30 => "IPv6"u8,
        _ => default,
    };
}
