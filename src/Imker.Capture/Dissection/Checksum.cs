using System.Buffers.Binary;
using Imker.Filter.Protocols;

namespace Imker.Capture.Dissection;

/// <summary>The Internet's checksum (RFC 1071): zero over a range that holds the right one.</summary>
internal static class Checksum
{
    public static ushort Of(ReadOnlySpan<byte> bytes) => Fold(Add(0, bytes));

    /// <summary>Over a transport's bytes behind the pseudo header (RFC 768, RFC 8200 section 8.1) of the IP header at <paramref name="ip"/>.</summary>
    public static ushort WithPseudoHeader(in Dissection d, int ip, int at, int length, int covered, byte protocol)
    {
        ReadOnlySpan<byte> packet = d.Packet;
        ulong sum = (uint)length + (ulong)protocol;
        sum += (uint)length >> 16;
        if (d.IsVersion6(ip))
        {
            sum = Add(sum, packet.Slice(ip + 8, 16));
            sum = Add(sum, packet.Slice(FinalDestination6(packet[..d.End], ip), 16));
        }
        else
        {
            sum = Add(sum, packet.Slice(ip + 12, 4));
            sum = Add(sum, packet.Slice(FinalDestination4(packet[..d.End], ip), 4));
        }
        return Fold(Add(sum, packet.Slice(at, covered)));
    }

    /// <summary>What should have stood where <paramref name="found"/> stood, given the sum over the range.</summary>
    public static ushort Expected(ushort found, ushort sum)
    {
        uint expected = found + (uint)sum;
        expected = (expected & 0xffff) + (expected >> 16);
        expected = (expected & 0xffff) + (expected >> 16);
        return (ushort)expected;
    }

    private static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[4..];
        }
        if (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }
        if (bytes.Length == 1)
            sum += (ulong)bytes[0] << 8;
        return sum;
    }

    private static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    // With a source route the last address of the route is where the packet goes.
    private static int FinalDestination4(ReadOnlySpan<byte> packet, int ip)
    {
        int end = Math.Min(packet.Length, ip + (packet[ip] & 15) * 4);
        int at = ip + 20;
        while (at < end)
        {
            byte kind = packet[at];
            if (kind == 0)
                break;
            if (kind == 1)
            {
                at++;
                continue;
            }
            if (at + 1 >= end || packet[at + 1] < 2 || at + packet[at + 1] > end)
                break;
            int length = packet[at + 1];
            if (kind is Ipv4Options.LooseRoute or Ipv4Options.StrictRoute && length >= 7)
                return at + length - 4;
            at += length;
        }
        return ip + 16;
    }

    private static int FinalDestination6(ReadOnlySpan<byte> packet, int ip)
    {
        int destination = ip + 24;
        byte next = packet[ip + 6];
        int at = ip + 40;
        while (at + 8 <= packet.Length)
        {
            switch (next)
            {
                case IpProtocol.HopOptions or IpProtocol.DestinationOptions or IpProtocol.Mobility or IpProtocol.MobilityOld:
                    next = packet[at];
                    at += (packet[at + 1] + 1) * 8;
                    break;
                case IpProtocol.Fragment:
                    next = packet[at];
                    at += 8;
                    break;
                case IpProtocol.Routing:
                    return RouteEnd(packet, at, destination);
                default:
                    return destination;
            }
        }
        return destination;
    }

    private static int RouteEnd(ReadOnlySpan<byte> packet, int at, int destination)
    {
        int units = packet[at + 1];
        if (units % 2 == 1)
            return destination;
        switch (packet[at + 2])
        {
            case 0 or 2:
                for (int i = 0; i < units / 2 && at + 24 + 16 * i <= packet.Length; i++)
                    destination = at + 8 + 16 * i;
                return destination;
            case 4 when at + 24 <= packet.Length:
                return at + 8;
            default:
                return destination;
        }
    }
}
