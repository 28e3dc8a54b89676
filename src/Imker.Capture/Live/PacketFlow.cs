using System.Buffers.Binary;
using System.Net;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>Addresses and ports of a packet.</summary>
internal static class PacketFlow
{
    private const int EthernetSize = 14, VlanTagSize = 4;
    private const int Ip4 = 0x0800, Ip6 = 0x86dd, Vlan = 0x8100, ServiceVlan = 0x88a8;
    private const byte Tcp = 6, Udp = 17;

    /// <summary>The flow, its sender as the local end; false for what is neither TCP nor UDP, and for later fragments.</summary>
    internal static bool TryRead(in CapturedPacket packet, out SocketKey key)
    {
        key = default;
        ReadOnlySpan<byte> data = packet.Data;
        return packet.LinkType switch
        {
            HardwareLinkTypes.Ethernet => data.Length > EthernetSize && TryReadBehind(data[EthernetSize..], BinaryPrimitives.ReadUInt16BigEndian(data[12..]), out key),
            HardwareLinkTypes.Cooked => data.Length > CookedHeaderSize.Version1 && TryReadBehind(data[CookedHeaderSize.Version1..], BinaryPrimitives.ReadUInt16BigEndian(data[14..]), out key),
            HardwareLinkTypes.Cooked2 => data.Length > CookedHeaderSize.Version2 && TryReadBehind(data[CookedHeaderSize.Version2..], BinaryPrimitives.ReadUInt16BigEndian(data), out key),
            HardwareLinkTypes.RawIp => data.Length > 0 && TryReadBehind(data, data[0] >> 4 == 4 ? Ip4 : Ip6, out key),
            _ => false,
        };
    }

    private static bool TryReadBehind(ReadOnlySpan<byte> data, int protocol, out SocketKey key)
    {
        while (protocol is Vlan or ServiceVlan && data.Length > VlanTagSize)
        {
            protocol = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            data = data[VlanTagSize..];
        }
        key = default;
        return protocol switch
        {
            Ip4 => TryReadIp4(data, out key),
            Ip6 => TryReadIp6(data, out key),
            _ => false,
        };
    }

    private static bool TryReadIp4(ReadOnlySpan<byte> data, out SocketKey key)
    {
        const int fixedSize = 20, offsetMask = 0x1fff;
        key = default;
        if (data.Length < fixedSize || (BinaryPrimitives.ReadUInt16BigEndian(data[6..]) & offsetMask) != 0)
            return false;
        return TryReadPorts(data, (data[0] & 0xf) * 4, data[9], data.Slice(12, 4), data.Slice(16, 4), out key);
    }

    private static bool TryReadIp6(ReadOnlySpan<byte> data, out SocketKey key)
    {
        const int fixedSize = 40;
        key = default;
        return data.Length >= fixedSize && TryReadPorts(data, fixedSize, data[6], data.Slice(8, 16), data.Slice(24, 16), out key);
    }

    private static bool TryReadPorts(ReadOnlySpan<byte> data, int offset, byte protocol, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, out SocketKey key)
    {
        key = default;
        if (protocol is not (Tcp or Udp) || data.Length < offset + 4)
            return false;
        ReadOnlySpan<byte> ports = data[offset..];
        key = new SocketKey(protocol, new IPAddress(source), BinaryPrimitives.ReadUInt16BigEndian(ports), new IPAddress(destination), BinaryPrimitives.ReadUInt16BigEndian(ports[2..]));
        return true;
    }
}
