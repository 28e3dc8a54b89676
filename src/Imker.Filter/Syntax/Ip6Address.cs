using System.Buffers.Binary;
using System.Net;

namespace Imker.Filter.Syntax;

/// <summary>An IPv6 address or mask as four words, the first first.</summary>
public readonly record struct Ip6Address(uint Word0, uint Word1, uint Word2, uint Word3)
{
    public const int Bits = 128;

    /// <summary>The mask of a prefix.</summary>
    /// <param name="length">Bits, 0 to 128.</param>
    public static Ip6Address Mask(int length)
    {
        uint Word(int index) => Math.Clamp(length - 32 * index, 0, 32) is > 0 and var bits ? uint.MaxValue << (32 - bits) : 0;
        return new Ip6Address(Word(0), Word(1), Word(2), Word(3));
    }

    /// <summary>Whether no bit is set that the mask leaves out.</summary>
    public bool IsNetworkOf(Ip6Address mask) =>
        ((Word0 & ~mask.Word0) | (Word1 & ~mask.Word1) | (Word2 & ~mask.Word2) | (Word3 & ~mask.Word3)) == 0;

    public static Ip6Address From(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]));

    public static bool TryParse(ReadOnlySpan<char> text, out Ip6Address address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bool isAddress = IPAddress.TryParse(text, out IPAddress? parsed) && parsed.TryWriteBytes(bytes, out int written) && written == bytes.Length;
        address = isAddress ? From(bytes) : default;
        return isAddress;
    }
}
