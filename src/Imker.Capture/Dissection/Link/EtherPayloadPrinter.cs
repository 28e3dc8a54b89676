using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>What follows a type field, of Ethernet or of a header that borrows its types.</summary>
internal static class EtherPayloadPrinter
{
    /// <param name="ether">Where the Ethernet header is; negative where there is none.</param>
    /// <returns>False where nobody knows the type.</returns>
    public static bool TryPrint(ref Dissection d, int type, int at, int length, int captured, int ether)
    {
        switch (type)
        {
            case EtherType.Ip4:
                Ipv4Printer.Print(ref d, at, length);
                return true;
            case EtherType.Ip6:
                Ipv6Printer.Print(ref d, at, length);
                return true;
            case EtherType.Arp or EtherType.ReverseArp:
                ArpPrinter.Print(ref d, at, length, captured);
                return true;
            case EtherType.PppoeDiscovery or EtherType.PppoeSession or EtherType.PppoeDiscovery2 or EtherType.PppoeSession2:
                PppoePrinter.Print(ref d, at, length);
                return true;
            case EtherType.Ppp:
                if (length > 0)
                {
                    d.Say(": "u8);
                    PppPrinter.Print(ref d, at, length);
                }
                return true;
            case EtherType.Lldp:
                LldpPrinter.Print(ref d, at, length);
                return true;
            case EtherType.Mpls or EtherType.MplsMulticast:
                MplsPrinter.Print(ref d, at, length);
                return true;
            default:
                return false;
        }
    }
}
