using System.Buffers.Binary;

namespace Imker.Bytecode.Classic;

/// <summary>
/// Loads at offsets below zero, which count from a header, and the searches for netlink attributes: what programs rarely do, kept out of
/// the machine's loop. After <c>bpf_internal_load_pointer_neg_helper</c> and <c>bpf_skb_get_nlattr</c> in the kernel.
/// </summary>
internal static class HeaderLoads
{
    private const int AttributeHeader = 4;
    private const ushort TypeMask = 0x3fff;

    /// <summary>Loads big-endian bytes at an offset of any sign.</summary>
    /// <param name="packet">From the link-layer header on.</param>
    /// <param name="info">Has the place of the network header.</param>
    /// <param name="offset">Below zero it counts from a header.</param>
    /// <param name="size">1, 2 or 4.</param>
    /// <param name="value">What was there.</param>
    /// <returns>False outside of the packet.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> packet, in ClassicPacketInfo info, int offset, int size, out uint value)
    {
        value = 0;
        long start = offset;
        if (offset < 0)
        {
            if (offset >= ClassicOffset.Network)
                start = (long)offset - ClassicOffset.Network + info.NetworkOffset;
            else if (offset >= ClassicOffset.LinkLayer)
                start = (long)offset - ClassicOffset.LinkLayer;
            else
                return false;
        }
        if (start + size > packet.Length)
            return false;
        ReadOnlySpan<byte> bytes = packet.Slice((int)start, size);
        value = size switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => bytes[0],
        };
        return true;
    }

    /// <summary>The offset of the attribute of a type, searched from an offset on; 0 when there is none.</summary>
    public static uint FindAttribute(ReadOnlySpan<byte> packet, uint start, uint type) =>
        start + (ulong)AttributeHeader > (ulong)packet.Length ? 0 : Find(packet, (int)start, packet.Length, type);

    /// <summary>As <see cref="FindAttribute"/>, among the attributes inside of the one at an offset.</summary>
    public static uint FindNested(ReadOnlySpan<byte> packet, uint start, uint type)
    {
        if (start + (ulong)AttributeHeader > (ulong)packet.Length)
            return 0;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(packet[(int)start..]);
        return length > packet.Length - (int)start ? 0 : Find(packet, (int)start + AttributeHeader, (int)start + length, type);
    }

    private static uint Find(ReadOnlySpan<byte> packet, int start, int end, uint type)
    {
        while (end - start >= AttributeHeader)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(packet[start..]);
            if (length < AttributeHeader || length > end - start)
                return 0;
            if ((BinaryPrimitives.ReadUInt16LittleEndian(packet[(start + 2)..]) & TypeMask) == type)
                return (uint)start;
            start += length + 3 & ~3;
        }
        return 0;
    }
}
