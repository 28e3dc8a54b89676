using System.Runtime.CompilerServices;

namespace Imker.Linux;

/// <summary>The records of one pass over a ring buffer (<see cref="RingBuffer.Read()"/>).</summary>
public ref struct RingBufferRecords
{
    // Giving space back touches a cache line that all producers read: once in a while is enough, long before they lack it.
    private const int ReleaseFraction = 16;

    private readonly RingBuffer ring;
    private readonly ulong end;
    private readonly ulong releaseDistance;
    private ulong position;
    private ulong released;
    private ulong start;
    private int length;
    private bool isHeld;

    internal RingBufferRecords(RingBuffer ring, ulong end)
    {
        this.ring = ring;
        position = released = ring.ConsumerPosition;
        this.end = end;
        releaseDistance = (ulong)(ring.Capacity / ReleaseFraction);
    }

    /// <summary>
    /// The record's bytes as the program wrote them. <see cref="RingBuffer.SetAside"/> moves them: what was got before is not valid
    /// any more then, and is to be got again.
    /// </summary>
    public readonly ReadOnlySpan<byte> Current => ring.PayloadAt(start, length);

    /// <summary>Begins the pass, for whose length the ring's memory stays even if somebody disposes the ring meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public readonly RingBufferRecords GetEnumerator()
    {
        RingBufferRecords pass = this;
        ring.Hold();
        pass.isHeld = true;
        return pass;
    }

    /// <summary>Goes to the next record; false behind the last, or before one that is still being written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (position - released >= releaseDistance)
            Release();
        while (position < end)
        {
            uint header = ring.HeaderAt(position);
            if ((header & RingBuffer.BusyBit) != 0)
                break;
            length = (int)(header & ~RingBuffer.DiscardBit);
            start = position;
            position += (ulong)(length + RingBuffer.HeaderSize + 7 & ~7);
            if ((header & RingBuffer.DiscardBit) != 0)
                continue;
            return true;
        }
        Release();
        return false;
    }

    /// <summary>Gives back what was read, the current record included.</summary>
    public void Dispose()
    {
        if (!isHeld)
        {
            Release();
            return;
        }
        isHeld = false;
        try
        {
            Release();
        }
        finally
        {
            ring.LetGo();
        }
    }

    private void Release()
    {
        if (position == released)
            return;
        ring.Release(position);
        released = position;
    }
}
