using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>What follows an IP header of either version.</summary>
internal static class IpPayloadPrinter
{
    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        byte next = ip.Next;
        while (next == IpProtocol.Ah && !d.IsStopped)
        {
            d.Protocol = "ah"u8;
            if (!d.Has(at, 1))
            {
                d.SayTruncated();
                return;
            }
            next = d.U8(at);
            int header = SecurityPrinter.PrintAuthentication(ref d, at);
            if (header <= 0)
                return;
            at += header;
            length -= header;
        }
        PrintProtocol(ref d, ip with { Next = next }, at, length);
    }

    private static void PrintProtocol(ref Dissection d, in IpHeader ip, int at, int length)
    {
        switch (ip.Next)
        {
            case IpProtocol.Tcp:
                TcpPrinter.Print(ref d, ip, at, length);
                break;
            case IpProtocol.Udp:
                UdpPrinter.Print(ref d, ip, at, length);
                break;
            case IpProtocol.Sctp:
                SctpPrinter.Print(ref d, ip, at, length);
                break;
            case IpProtocol.Icmp:
                if (IsVersion(ref d, ip, 4))
                    IcmpPrinter.Print(ref d, ip, at, length);
                break;
            case IpProtocol.Icmp6:
                if (IsVersion(ref d, ip, 6))
                    Icmp6Printer.Print(ref d, ip, at, length);
                break;
            case IpProtocol.Igmp:
                if (IsVersion(ref d, ip, 4))
                    IgmpPrinter.Print(ref d, at, length);
                break;
            case IpProtocol.Ip4:
                Ipv4Printer.Print(ref d, at, length);
                break;
            case IpProtocol.Ip6:
                Ipv6Printer.Print(ref d, at, length);
                break;
            case IpProtocol.Gre:
                GrePrinter.Print(ref d, at, length);
                break;
            case IpProtocol.Ethernet:
                if (IsVersion(ref d, ip, 6))
                    EthernetPrinter.Print(ref d, at, length, d.Left(at));
                break;
            case IpProtocol.Esp:
                SecurityPrinter.PrintEncapsulated(ref d, at, length);
                break;
            case IpProtocol.CompressedIp:
                SecurityPrinter.PrintCompressed(ref d, at);
                break;
            case IpProtocol.NetDisk:
                d.Say(" nd "u8, length);
                break;
            case IpProtocol.NoNext:
                d.Say("no next header"u8);
                break;
            default:
                PrintUnknown(ref d, ip, length);
                break;
        }
    }

    private static bool IsVersion(ref Dissection d, in IpHeader ip, int wanted)
    {
        if (ip.Version == wanted)
            return true;
        d.Say("["u8);
        d.NameOr(IpProtocolName.Of(ip.Next), "unknown"u8);
        d.Say(" requires IPv"u8, wanted, "]"u8);
        d.SayInvalid();
        return false;
    }

    private static void PrintUnknown(ref Dissection d, in IpHeader ip, int length)
    {
        d.Layer("data"u8);
        d.Note("length"u8, length);
        d.Say(" "u8);
        d.NameOr(d.Context.IsNumeric ? default : IpProtocolName.InDatabase(ip.Next), "ip-proto-"u8, ip.Next);
        d.Say(" "u8, length);
    }
}
