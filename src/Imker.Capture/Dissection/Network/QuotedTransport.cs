using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The ports in the IPv6 packet that an error quotes.</summary>
internal static class QuotedTransport
{
    /// <returns>Where the TCP or UDP header begins; negative where there is none or it was cut.</returns>
    public static int Find(in Dissection d, int ip, out byte protocol)
    {
        protocol = 0;
        if (!d.Has(ip + 6, 1))
            return -1;
        protocol = d.Packet[ip + 6];
        int at = ip + 40;
        while (at < d.End)
        {
            switch (protocol)
            {
                case IpProtocol.Tcp or IpProtocol.Udp:
                    return d.Has(at + 2, 2) ? at : -1;
                case IpProtocol.HopOptions or IpProtocol.DestinationOptions or IpProtocol.Routing when d.Has(at, 2):
                    protocol = d.Packet[at];
                    at += (d.Packet[at + 1] + 1) * 8;
                    break;
                case IpProtocol.Fragment when d.Has(at, 4) && (d.Packet[at + 2] << 8 | d.Packet[at + 3] & 0xf8) == 0:
                    protocol = d.Packet[at];
                    at += 8;
                    break;
                case IpProtocol.Ah when d.Has(at, 2):
                    protocol = d.Packet[at];
                    at += (d.Packet[at + 1] + 2) * 4;
                    break;
                default:
                    return -1;
            }
        }
        return -1;
    }
}
