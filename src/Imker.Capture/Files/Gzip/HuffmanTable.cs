namespace Imker.Capture;

/// <summary>The code of an alphabet, built from the lengths of its symbols (RFC 1951, section 3.2.2).</summary>
internal sealed class HuffmanTable
{
    private const int LongestCode = 15, DirectBits = 10, LengthBits = 4;

    // By the next ten bits: symbol and length of a code that is not longer than that; else 0.
    private readonly ushort[] direct = new ushort[1 << DirectBits];
    private readonly ushort[] countOfLength = new ushort[LongestCode + 1];
    private readonly ushort[] symbols = new ushort[288];

    /// <summary>Whether the lengths make a code in which every sequence of bits has at most one meaning.</summary>
    internal bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(countOfLength);
        Array.Clear(direct);
        foreach (byte length in lengths)
            countOfLength[length]++;
        countOfLength[0] = 0;
        Span<ushort> place = stackalloc ushort[LongestCode + 2];
        Span<uint> next = stackalloc uint[LongestCode + 2];
        int free = 1;
        for (int length = 1; length <= LongestCode; length++)
        {
            free = (free << 1) - countOfLength[length];
            if (free < 0)
                return false;
            place[length + 1] = (ushort)(place[length] + countOfLength[length]);
            next[length + 1] = (next[length] + countOfLength[length]) << 1;
        }
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            symbols[place[length]++] = (ushort)symbol;
            uint code = next[length]++;
            if (length <= DirectBits)
                Enter(Reversed(code, length), length, symbol);
        }
        return true;
    }

    /// <exception cref="CaptureFileException">No symbol has such a code, or the file ends.</exception>
    internal int Decode(DeflateBits bits)
    {
        bits.Need(LongestCode);
        int entry = direct[bits.Peek & ((1 << DirectBits) - 1)];
        if (entry == 0)
            return DecodeLong(bits);
        bits.Drop(entry & ((1 << LengthBits) - 1));
        return entry >> LengthBits;
    }

    // Bit by bit: codes of one length are consecutive numbers, and begin where those of the shorter ones ended.
    private int DecodeLong(DeflateBits bits)
    {
        int code = 0, first = 0, index = 0;
        ulong rest = bits.Peek;
        for (int length = 1; length <= LongestCode; length++)
        {
            code |= (int)(rest & 1);
            rest >>= 1;
            int count = countOfLength[length];
            if (code - first < count)
            {
                bits.Drop(length);
                return symbols[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        throw bits.Damaged("a code stands for no symbol");
    }

    private void Enter(uint reversed, int length, int symbol)
    {
        for (uint at = reversed; at < direct.Length; at += 1u << length)
            direct[at] = (ushort)(symbol << LengthBits | length);
    }

    private static uint Reversed(uint code, int length)
    {
        uint result = 0;
        for (int i = 0; i < length; i++, code >>= 1)
            result = result << 1 | code & 1;
        return result;
    }
}
