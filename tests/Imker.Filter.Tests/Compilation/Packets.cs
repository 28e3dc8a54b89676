using System.Buffers.Binary;

namespace Imker.Filter.Tests.Compilation;

/// <summary>Packets made by hand, of which filters are asked.</summary>
internal static class Packets
{
    public static byte[] Ethernet(ushort type, params byte[] payload) =>
        [0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02, (byte)(type >> 8), (byte)type, .. payload];

    public static byte[] Ip4(byte protocol, params byte[] payload)
    {
        byte[] packet = [0x45, 0, 0, 0, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    public static byte[] Ip6(byte next, params byte[] payload) =>
        [0x60, 0, 0, 0, (byte)(payload.Length >> 8), (byte)payload.Length, next, 64, .. Address(1), .. Address(2), .. payload];

    public static byte[] Udp(ushort source, ushort destination, params byte[] payload) =>
        [(byte)(source >> 8), (byte)source, (byte)(destination >> 8), (byte)destination, 0, (byte)(8 + payload.Length), 0, 0, .. payload];

    /// <summary>TCP without options; the flags stand in byte 13.</summary>
    public static byte[] Tcp(ushort source, ushort destination, byte flags = 0x10) =>
        [(byte)(source >> 8), (byte)source, (byte)(destination >> 8), (byte)destination, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 1, 0, 0, 0, 0, 0];

    public static byte[] Vxlan(uint network, params byte[] frame) =>
        [0x08, 0, 0, 0, (byte)(network >> 16), (byte)(network >> 8), (byte)network, 0, .. frame];

    private static byte[] Address(byte last) => [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
}
