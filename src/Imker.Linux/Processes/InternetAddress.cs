using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Imker.Linux;

/// <summary>Addresses of IPv4 and IPv6 as one number: an IPv6 address, most significant byte first; one of IPv4 as <c>::ffff:a.b.c.d</c> (RFC 4291).</summary>
public static class InternetAddress
{
    private const int Size4 = 4, Size6 = 16;
    private const ulong Prefix4 = 0xffff_0000_0000;

    /// <param name="bytes">4 or 16, as they stand in a packet.</param>
    public static UInt128 Read(ReadOnlySpan<byte> bytes) => bytes.Length == Size4
        ? Prefix4 | BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt128BigEndian(bytes);

    public static UInt128 Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[Size6];
        address.TryWriteBytes(bytes, out _);
        return Read(address.AddressFamily == AddressFamily.InterNetwork ? bytes[..Size4] : bytes);
    }

    /// <summary>Whether it is 127.0.0.0/8 or ::1, which every network namespace has for itself.</summary>
    public static bool IsLoopback(UInt128 address) => address == 1 || address >> 24 == (Prefix4 | 0x7f00_0000) >> 24;
}
