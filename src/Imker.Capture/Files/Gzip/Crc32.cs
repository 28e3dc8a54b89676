using System.Runtime.InteropServices;

namespace Imker.Capture;

/// <summary>The checksum of gzip (RFC 1952, section 8), eight bytes at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private const int Tables = 8, Values = 256;

    private static readonly uint[] table = Build();

    /// <summary>Goes on with a checksum; 0 begins one.</summary>
    internal static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint[] t = table;
        uint crc = ~checksum;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = MemoryMarshal.Read<uint>(bytes) ^ crc, high = MemoryMarshal.Read<uint>(bytes[4..]);
            crc = t[7 * Values + (byte)low] ^ t[6 * Values + (byte)(low >> 8)] ^ t[5 * Values + (byte)(low >> 16)] ^ t[4 * Values + (low >> 24)]
                ^ t[3 * Values + (byte)high] ^ t[2 * Values + (byte)(high >> 8)] ^ t[Values + (byte)(high >> 16)] ^ t[high >> 24];
        }
        foreach (byte value in bytes)
            crc = t[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] Build()
    {
        uint[] result = new uint[Tables * Values];
        for (uint value = 0; value < Values; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            result[value] = crc;
        }
        for (int i = Values; i < result.Length; i++)
            result[i] = (result[i - Values] >> 8) ^ result[(byte)result[i - Values]];
        return result;
    }
}
