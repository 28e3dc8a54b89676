using System.Buffers.Binary;
using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>Addresses as text, without allocation: as <c>inet_ntop</c> writes them.</summary>
internal static class AddressText
{
    private const int Words = 8;

    public static void WriteIp4(Utf8Buffer output, ReadOnlySpan<byte> address)
    {
        Span<byte> text = output.GetSpan(15);
        int length = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
                text[length++] = (byte)'.';
            length += WriteByte(text[length..], address[i]);
        }
        output.Advance(length);
    }

    /// <summary>The longest run of two or more zero words becomes <c>::</c>; an IPv4 address inside stays one.</summary>
    public static void WriteIp6(Utf8Buffer output, ReadOnlySpan<byte> address)
    {
        FindLongestZeros(address, out int first, out int count);
        for (int i = 0; i < Words; i++)
        {
            if (count > 0 && i >= first && i < first + count)
            {
                if (i == first)
                    output.Write((byte)':');
                continue;
            }
            if (i > 0)
                output.Write((byte)':');
            if (i == 6 && first == 0 && (count == 6 || (count == 5 && Word(address, 5) == 0xffff)))
            {
                WriteIp4(output, address[12..]);
                return;
            }
            output.WriteHex(Word(address, i));
        }
        if (count > 0 && first + count == Words)
            output.Write((byte)':');
    }

    public static void WriteMac(Utf8Buffer output, ReadOnlySpan<byte> address)
    {
        Span<byte> text = output.GetSpan(3 * address.Length);
        int length = 0;
        for (int i = 0; i < address.Length; i++)
        {
            if (i > 0)
                text[length++] = (byte)':';
            text[length++] = Digit(address[i] >> 4);
            text[length++] = Digit(address[i] & 15);
        }
        output.Advance(length);
    }

    private static int WriteByte(Span<byte> text, byte value)
    {
        int length = 0;
        if (value >= 100)
            text[length++] = (byte)('0' + value / 100);
        if (value >= 10)
            text[length++] = (byte)('0' + value / 10 % 10);
        text[length++] = (byte)('0' + value % 10);
        return length;
    }

    private static void FindLongestZeros(ReadOnlySpan<byte> address, out int first, out int count)
    {
        first = -1;
        count = 0;
        for (int i = 0; i < Words; i++)
        {
            int end = i;
            while (end < Words && Word(address, end) == 0)
                end++;
            if (end - i >= 2 && end - i > count)
            {
                first = i;
                count = end - i;
            }
            i = Math.Max(i, end - 1);
        }
    }

    private static ushort Word(ReadOnlySpan<byte> address, int index) => BinaryPrimitives.ReadUInt16BigEndian(address[(2 * index)..]);

    private static byte Digit(int value) => "0123456789abcdef"u8[value];
}
