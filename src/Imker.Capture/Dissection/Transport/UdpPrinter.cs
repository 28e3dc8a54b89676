using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>User Datagram Protocol (RFC 768), and what its ports tell of the payload.</summary>
internal static class UdpPrinter
{
    private const int HeaderLength = 8;

    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        d.Protocol = "udp"u8;
        bool hasHosts = d.Packet[ip.At + (ip.Version == 6 ? 6 : 9)] == IpProtocol.Udp;
        if (!d.Has(at + 2, 2))
        {
            if (hasHosts)
                TransportAddresses.PrintHosts(ref d, ip, ": "u8);
            d.SayTruncated();
            return;
        }
        int source = d.U16(at), destination = d.U16(at + 2);
        TransportAddresses.PrintUdp(ref d, ip, source, destination, hasHosts);
        if (length < HeaderLength)
        {
            d.Say("truncated-udp "u8, length);
            return;
        }
        if (!d.Has(at + 4, 2))
        {
            d.SayTruncated();
            return;
        }
        int told = d.U16(at + 4);
        if (told < HeaderLength)
        {
            d.Say("truncated-udplength "u8, told);
            return;
        }
        told -= HeaderLength;
        length = Math.Min(told, length - HeaderLength);
        if (at + HeaderLength > d.End)
        {
            d.SayTruncated();
            return;
        }
        d.Layer("udp"u8);
        d.Note("source_port"u8, source);
        d.Note("destination_port"u8, destination);
        d.Note("payload_length"u8, told);
        if (d.IsVerbose && !d.Context.SkipsChecksums && !ip.IsFragment)
            PrintChecksum(ref d, ip, at, length);
        PrintPayload(ref d, new UdpPorts(source, destination), at + HeaderLength, length, told, ip.IsFragment);
    }

    private static void PrintChecksum(ref Dissection d, in IpHeader ip, int at, int length)
    {
        ushort found = d.U16(at + 6);
        if (ip.Version == 4)
        {
            if (d.Verbosity < 2)
                return;
            if (found == 0)
            {
                d.Say("[no cksum] "u8);
                return;
            }
        }
        else if (d.U16(ip.At + 4) == 0)
        {
            return;
        }
        if (!d.Has(at + HeaderLength, length))
            return;
        ushort sum = d.Checksum(ip.At, at, length + HeaderLength, length + HeaderLength, IpProtocol.Udp);
        d.Note("checksum_ok"u8, sum == 0);
        if (sum == 0)
        {
            d.Say("[udp sum ok] "u8);
            return;
        }
        d.Say("[bad udp cksum 0x"u8, found, 4);
        d.Say(" -> 0x"u8, Checksum.Expected(found, sum), 4);
        d.Say("!] "u8);
    }

    private static void PrintPayload(ref Dissection d, in UdpPorts ports, int at, int length, int told, bool isFragment)
    {
        if (d.Context.IsQuick)
            PrintLength(ref d, length, told, isFragment);
        else if (ports.Has(53))
            DnsPrinter.Print(ref d, at, length, isMulticast: false);
        else if (ports.Has(67) || ports.Has(68))
            DhcpPrinter.Print(ref d, at, length);
        else if (ports.Has(123))
            NtpPrinter.Print(ref d, at, length);
        else if (ports.Has(5353))
            DnsPrinter.Print(ref d, at, length, isMulticast: true);
        else if (ports.Has(546) || ports.Has(547))
            Dhcp6Printer.Print(ref d, at, length);
        else if (ports.Has(5060))
            SipPrinter.Print(ref d, at, length);
        else if (ports.Has(4789))
            VxlanPrinter.Print(ref d, at, length);
        else
            PrintLength(ref d, length, told, isFragment);
    }

    private static void PrintLength(ref Dissection d, int length, int told, bool isFragment)
    {
        // A fragment tells the length of the whole datagram.
        bool isBad = told > length && !isFragment;
        d.Say(isBad ? "UDP, bad length "u8 : "UDP, length "u8, told);
        if (isBad)
            d.Say(" > "u8, length);
    }
}
