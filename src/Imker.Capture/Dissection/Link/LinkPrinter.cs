namespace Imker.Capture.Dissection;

/// <summary>From a file's or an interface's kind of header to its printer.</summary>
internal static class LinkPrinter
{
    public const int
        Null = 0,
        Ethernet = 1,
        Ppp = 9,
        RawOnLinux = 12,
        RawOnOpenBsd = 14,
        PppSerial = 50,
        PppEthernet = 51,
        Raw = 101,
        Loop = 108,
        LinuxCooked = 113,
        Ip4 = 228,
        Ip6 = 229,
        LinuxCooked2 = 276;

    public static void Print(ref Dissection d, int linkType, int length, int interfaceIndex)
    {
        switch (linkType)
        {
            case Ethernet:
                d.Protocol = "ether"u8;
                d.LinkHeaderLength = EthernetPrinter.Print(ref d, 0, length, d.Packet.Length);
                break;
            case LinuxCooked:
                CookedPrinter.Print(ref d, length);
                break;
            case LinuxCooked2:
                Cooked2Printer.Print(ref d, length);
                break;
            case Raw or RawOnLinux or RawOnOpenBsd or Ip4 or Ip6:
                RawPrinter.Print(ref d, length);
                break;
            case Null or Loop:
                NullPrinter.Print(ref d, length);
                break;
            case Ppp:
                PppPrinter.PrintLink(ref d, length);
                break;
            case PppSerial:
                PppPrinter.PrintSerialLink(ref d, length);
                break;
            case PppEthernet:
                d.LinkHeaderLength = PppoePrinter.Print(ref d, 0, length);
                break;
            default:
                d.Layer("unknown"u8);
                d.Note("link_type"u8, linkType);
                d.UnknownAlways(0, d.Packet.Length);
                break;
        }
    }
}
