using System.Runtime.InteropServices;

namespace Imker.Linux;

/// <summary>
/// The records of one ring that are known and not yet taken, in the order of their time stamps. They stay where they are in the
/// ring: only their places are kept.
/// </summary>
/// <remarks>
/// Records stand in the order of their reservation. Where one CPU reserves between another's reservation and its look at the clock,
/// that is not the order of their stamps; records of the same stamp keep it.
/// </remarks>
internal sealed class StampedRing(RingBuffer ring, int stampOffset)
{
    private const int ReleaseFraction = 16;

    private Entry[] entries = new Entry[64];
    private int head, count;
    private ulong scanned = ring.ConsumerPosition;
    private ulong released = ring.ConsumerPosition;
    private ulong end;

    /// <summary>No older record than this can come any more.</summary>
    internal ulong CompleteUntil { get; set; }

    internal bool IsEmpty => head == count;

    /// <summary>The stamp of the next record; the greatest number when there is none.</summary>
    internal ulong Stamp => head < count ? entries[head].Stamp : ulong.MaxValue;

    internal ReadOnlySpan<byte> Record => ring.RecordAt(entries[head].Position);

    /// <summary>Begins a pass: what is reserved until now belongs to it.</summary>
    internal void Begin()
    {
        Array.Copy(entries, head, entries, 0, count - head);
        (head, count) = (0, count - head);
        end = ring.ProducerPosition;
    }

    /// <summary>Goes through what belongs to the pass; false at a record that is still being written.</summary>
    /// <exception cref="InvalidDataException">A record is too short for a stamp.</exception>
    internal bool TryScan()
    {
        while (scanned < end)
        {
            ulong position = scanned;
            if (!ring.TrySkip(ref scanned, out bool isDiscarded))
                return false;
            if (!isDiscarded)
                Insert(new Entry { Stamp = StampOf(ring.RecordAt(position)), Position = position });
        }
        return true;
    }

    /// <summary>Ends the search of a pass: finds how much of the ring each record's end sets free.</summary>
    internal void Settle()
    {
        ulong free = scanned;
        for (int i = count - 1; i >= head; i--)
        {
            entries[i].FreeUntil = free;
            free = Math.Min(free, entries[i].Position);
        }
    }

    /// <summary>Goes on to the next record; from time to time gives back what was taken.</summary>
    internal void Take()
    {
        ulong free = entries[head++].FreeUntil;
        if (free - released >= (ulong)(ring.Capacity / ReleaseFraction))
            ReleaseUntil(free);
    }

    /// <summary>Ends a pass: gives back what was taken.</summary>
    internal void Release()
    {
        if (head == count)
            ReleaseUntil(scanned);
        else if (head > 0)
            ReleaseUntil(entries[head - 1].FreeUntil);
    }

    private void ReleaseUntil(ulong position)
    {
        if (position == released)
            return;
        ring.Release(position);
        released = position;
    }

    private void Insert(in Entry entry)
    {
        if (count == entries.Length)
            Array.Resize(ref entries, 2 * count);
        int place = count++;
        for (; place > head && entries[place - 1].Stamp > entry.Stamp; place--)
            entries[place] = entries[place - 1];
        entries[place] = entry;
    }

    private ulong StampOf(ReadOnlySpan<byte> record) => record.Length >= stampOffset + sizeof(ulong)
        ? MemoryMarshal.Read<ulong>(record[stampOffset..])
        : throw new InvalidDataException($"A record of {record.Length} bytes in '{ring.Map.Name}' has no time stamp.");

    private struct Entry
    {
        internal ulong Stamp, Position, FreeUntil;
    }
}
