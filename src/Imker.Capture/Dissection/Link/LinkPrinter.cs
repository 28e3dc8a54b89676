using Imker.Filter;

namespace Imker.Capture.Dissection;

/// <summary>From a file's or an interface's kind of header to its printer.</summary>
internal static class LinkPrinter
{
    private const int RawOnOpenBsd = 14, RawInFiles = 101;

    public static void Print(ref Dissection d, int linkType, int length, int interfaceIndex)
    {
        var type = new LinkType(linkType);
        if (type == LinkType.Ethernet)
        {
            d.Protocol = "ether"u8;
            d.LinkHeaderLength = EthernetPrinter.Print(ref d, 0, length, d.Packet.Length);
        }
        else if (type == LinkType.LinuxSll)
            CookedPrinter.Print(ref d, length);
        else if (type == LinkType.LinuxSll2)
            Cooked2Printer.Print(ref d, length);
        else if (IsRaw(type))
            RawPrinter.Print(ref d, length);
        else if (type == LinkType.Null || type == LinkType.Loop)
            NullPrinter.Print(ref d, length);
        else if (type == LinkType.Ppp)
            PppPrinter.PrintLink(ref d, length);
        else if (type == LinkType.PppSerial)
            PppPrinter.PrintSerialLink(ref d, length);
        else if (type == LinkType.PppEther)
            d.LinkHeaderLength = PppoePrinter.Print(ref d, 0, length);
        else
            PrintUnknown(ref d, linkType);
    }

    // Systems disagree about the number of this type.
    private static bool IsRaw(LinkType type) => type == LinkType.Raw || type == LinkType.Ipv4 || type == LinkType.Ipv6 || type.Value is RawOnOpenBsd or RawInFiles;

    private static void PrintUnknown(ref Dissection d, int linkType)
    {
        d.Layer("unknown"u8);
        d.Note("link_type"u8, linkType);
        d.UnknownAlways(0, d.Packet.Length);
    }
}
