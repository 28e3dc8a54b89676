using System.Runtime.InteropServices;

namespace Imker.Linux;

/// <summary>A stretch of a ring that was copied to memory, in pieces of whole records, found by their positions in the ring.</summary>
internal sealed class SetAsideBytes
{
    private readonly List<Piece> pieces = [];

    // Records are asked for nearly in their order.
    private int current;

    /// <summary>Behind the last byte; 0 before there was one.</summary>
    internal ulong End { get; private set; }

    /// <summary>Bytes in memory.</summary>
    internal int Length => pieces.Count == 0 ? 0 : (int)(End - pieces[0].Start);

    /// <summary>Puts whole records behind the end.</summary>
    internal void Append(ReadOnlySpan<byte> records, ulong position)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(records.Length);
        records.CopyTo(bytes);
        pieces.Add(new Piece(position, bytes));
        End = position + (ulong)records.Length;
    }

    /// <summary>Gives memory back: what lies before a position is not asked for any more.</summary>
    internal void Forget(ulong position)
    {
        int count = 0;
        while (count < pieces.Count && pieces[count].End <= position)
            count++;
        pieces.RemoveRange(0, count);
        current = Math.Max(0, current - count);
    }

    internal uint WordAt(ulong position) => MemoryMarshal.Read<uint>(BytesAt(position, sizeof(uint)));

    internal ReadOnlySpan<byte> BytesAt(ulong position, int length)
    {
        while (position < pieces[current].Start)
            current--;
        while (position >= pieces[current].End)
            current++;
        return pieces[current].Bytes.AsSpan((int)(position - pieces[current].Start), length);
    }

    private readonly record struct Piece(ulong Start, byte[] Bytes)
    {
        internal ulong End => Start + (ulong)Bytes.Length;
    }
}
