namespace Imker.Capture;

/// <summary>
/// Unpacks deflate data (RFC 1951) into a buffer that keeps the 32 KiB before, which later data refers to. Ours, since the
/// framework's does not tell a file that was cut from one that ends.
/// </summary>
internal sealed class Inflater(DeflateBits bits)
{
    private const int History = 32 * 1024, Room = 256 * 1024, LongestMatch = 258, EndOfBlock = 256, LastLength = 285, LastDistance = 29;

    private readonly byte[] buffer = new byte[History + Room];
    private readonly HuffmanTable literals = new(), distances = new(), lengthCodes = new();
    private int position;
    private int storedLeft;
    private Mode mode;
    private bool isLastBlock;

    private enum Mode
    {
        BetweenBlocks,
        Stored,
        Coded,
    }

    private static ReadOnlySpan<ushort> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtra =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static ReadOnlySpan<byte> DistanceExtra =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Begins new data, which does not refer to the old.</summary>
    internal void Reset()
    {
        position = 0;
        mode = Mode.BetweenBlocks;
        isLastBlock = false;
    }

    /// <summary>Unpacks some more, valid until the next call; empty at the end of the data.</summary>
    /// <exception cref="CaptureFileException">The data is cut or damaged.</exception>
    internal ReadOnlySpan<byte> Next()
    {
        if (position > History)
        {
            buffer.AsSpan(position - History, History).CopyTo(buffer);
            position = History;
        }
        int start = position;
        while (position == start && !(mode == Mode.BetweenBlocks && isLastBlock))
            Advance();
        return buffer.AsSpan(start, position - start);
    }

    private void Advance()
    {
        switch (mode)
        {
            case Mode.BetweenBlocks:
                BeginBlock();
                break;
            case Mode.Stored:
                CopyStored();
                break;
            default:
                Decode();
                break;
        }
    }

    private void BeginBlock()
    {
        isLastBlock = bits.Take(1) != 0;
        switch (bits.Take(2))
        {
            case 0:
                BeginStored();
                break;
            case 1:
                UseFixedCodes();
                break;
            case 2:
                ReadCodes();
                break;
            default:
                throw bits.Damaged("a block is of no known kind");
        }
    }

    private void BeginStored()
    {
        bits.SkipToByte();
        uint length = bits.Take(16), complement = bits.Take(16);
        if (length != (~complement & 0xffff))
            throw bits.Damaged("a stored block contradicts its length");
        storedLeft = (int)length;
        mode = length == 0 ? Mode.BetweenBlocks : Mode.Stored;
    }

    private void CopyStored()
    {
        int copied = bits.CopyBytes(buffer.AsSpan(position, Math.Min(storedLeft, buffer.Length - position)));
        position += copied;
        storedLeft -= copied;
        if (storedLeft == 0)
            mode = Mode.BetweenBlocks;
    }

    private void Decode()
    {
        int limit = buffer.Length - LongestMatch;
        while (position < limit)
        {
            int symbol = literals.Decode(bits);
            if (symbol < EndOfBlock)
            {
                buffer[position++] = (byte)symbol;
            }
            else if (symbol == EndOfBlock)
            {
                mode = Mode.BetweenBlocks;
                return;
            }
            else
            {
                CopyMatch(symbol);
            }
        }
    }

    private void CopyMatch(int symbol)
    {
        if (symbol > LastLength)
            throw bits.Damaged("a length is none");
        int length = LengthBase[symbol - EndOfBlock - 1] + (int)bits.Take(LengthExtra[symbol - EndOfBlock - 1]);
        int code = distances.Decode(bits);
        if (code > LastDistance)
            throw bits.Damaged("a distance is none");
        int distance = DistanceBase[code] + (int)bits.Take(DistanceExtra[code]);
        if (distance > position)
            throw bits.Damaged("a distance leads before the beginning");
        Span<byte> target = buffer.AsSpan(position, length);
        ReadOnlySpan<byte> source = buffer.AsSpan(position - distance, length);
        if (distance >= length)
        {
            source.CopyTo(target);
        }
        else
        {
            // What is copied may be what this very copy has written: byte by byte, forwards.
            for (int i = 0; i < target.Length; i++)
                target[i] = source[i];
        }
        position += length;
    }

    private void UseFixedCodes()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        literals.TryBuild(lengths);
        lengths[..30].Fill(5);
        distances.TryBuild(lengths[..30]);
        mode = Mode.Coded;
    }

    private void ReadCodes()
    {
        int literalCount = (int)bits.Take(5) + 257, distanceCount = (int)bits.Take(5) + 1, codeCount = (int)bits.Take(4) + 4;
        Span<byte> lengths = stackalloc byte[32 + 288];
        lengths.Clear();
        for (int i = 0; i < codeCount; i++)
            lengths[CodeLengthOrder[i]] = (byte)bits.Take(3);
        if (literalCount > 286 || !lengthCodes.TryBuild(lengths[..CodeLengthOrder.Length]))
            throw bits.Damaged("a block's codes are none");
        ReadLengths(lengths[..(literalCount + distanceCount)]);
        if (lengths[EndOfBlock] == 0 || !literals.TryBuild(lengths[..literalCount]) || !distances.TryBuild(lengths.Slice(literalCount, distanceCount)))
            throw bits.Damaged("a block's codes are none");
        mode = Mode.Coded;
    }

    private void ReadLengths(Span<byte> lengths)
    {
        for (int i = 0; i < lengths.Length;)
        {
            int symbol = lengthCodes.Decode(bits);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }
            if (symbol == 16 && i == 0)
                throw bits.Damaged("a block's codes are none");
            byte repeated = symbol == 16 ? lengths[i - 1] : (byte)0;
            int times = symbol switch { 16 => 3 + (int)bits.Take(2), 17 => 3 + (int)bits.Take(3), _ => 11 + (int)bits.Take(7) };
            if (times > lengths.Length - i)
                throw bits.Damaged("a block's codes are none");
            lengths.Slice(i, times).Fill(repeated);
            i += times;
        }
    }
}
