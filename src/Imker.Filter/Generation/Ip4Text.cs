using System.Globalization;

namespace Imker.Filter.Generation;

/// <summary>IPv4 addresses and networks as a filter writes them, with one to four numbers.</summary>
internal static class Ip4Text
{
    /// <summary>Reads two to four decimal numbers with dots between, and moves them to the left.</summary>
    /// <param name="bits">How many bits were written, eight for each number.</param>
    public static bool TryParse(string text, out uint address, out int bits)
    {
        (address, bits) = (0, 0);
        foreach (Range part in text.AsSpan().Split('.'))
        {
            if (bits == 32 || !byte.TryParse(text.AsSpan(part), NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
                return false;
            address = address << 8 | number;
            bits += 8;
        }
        address <<= 32 - bits;
        return true;
    }

    /// <summary>The mask of a prefix of 0 to 32 bits.</summary>
    public static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (32 - bits);

    /// <summary>A network's number moved to the left until its first byte is not 0, and its mask.</summary>
    public static (uint Address, uint Mask) Justify(uint number)
    {
        uint mask = uint.MaxValue;
        while (number != 0 && number <= 0xff_ffff)
            (number, mask) = (number << 8, mask << 8);
        return (number, mask);
    }

    /// <summary>Reads a DECnet address: an area of six bits and a node of ten.</summary>
    public static bool TryParseDecnet(string text, out uint address)
    {
        address = 0;
        int dot = text.IndexOf('.');
        if (dot < 0 || text.IndexOf('.', dot + 1) >= 0
            || !uint.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out uint area)
            || !uint.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint node))
            return false;
        address = (area << 10 & 0xfc00) | (node & 0x3ff);
        return true;
    }

    public static string Print(uint address) => $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}";
}
