using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// Ring buffer (<c>kernel/bpf/ringbuf.c</c>), with its arithmetic: a record takes its length and eight bytes, rounded up to eight. Headers
/// lie apart from the records, where no program can write them, and the memory is twice as long as the ring, so that a record that wraps
/// is in one piece.
/// </summary>
internal sealed unsafe class RingBufferStorage : MapStorage, IDisposable
{
    private const uint Busy = 1u << 31, Discarded = 1u << 30, LengthMask = Discarded - 1;
    private const uint HeaderSize = 8;
    private const ulong NoWakeup = 1, ForceWakeup = 2;

    private readonly Lock producers = new(), consumers = new();
    private readonly NativeBlock records, headers;
    private readonly ulong mask;
    private readonly ManualResetEventSlim arrival = new(false);
    private ulong consumed, produced;
    private long dropped;

    /// <param name="spec">Its entries are bytes, a power of two.</param>
    public RingBufferStorage(MapSpec spec)
        : base(spec)
    {
        mask = spec.MaxEntries - 1;
        records = new NativeBlock(2UL * spec.MaxEntries);
        headers = new NativeBlock(spec.MaxEntries / HeaderSize * sizeof(uint));
    }

    /// <summary>Reservations that found no room.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public override bool TryGetRegion(out MemoryRegion region)
    {
        region = RegionOf(records.Start, records.Length) with { Kind = RegionKind.RingRecords };
        return true;
    }

    /// <summary>Room for a record; null when there is none.</summary>
    public byte* Reserve(ulong length)
    {
        if (length > LengthMask - HeaderSize)
            return null;
        ulong total = (length + HeaderSize + 7) & ~7UL;
        lock (producers)
        {
            ulong position = produced;
            if (total > mask + 1 || position + total - Volatile.Read(ref consumed) > mask)
            {
                dropped++;
                return null;
            }
            Volatile.Write(ref Header(position), (uint)length | Busy);
            Volatile.Write(ref produced, position + total);
            return records.Start + (position & mask) + HeaderSize;
        }
    }

    /// <summary>Gives a reserved record to the reader, or takes it back; false when the address is none of a reserved record.</summary>
    public bool TryCommit(ulong address, ulong flags, bool discards)
    {
        ulong offset = address - (ulong)records.Start - HeaderSize;
        if (offset > mask || (offset & 7) != 0)
            return false;
        ref uint header = ref Header(offset);
        uint before = Volatile.Read(ref header);
        if ((before & Busy) == 0 || Interlocked.CompareExchange(ref header, before & LengthMask | (discards ? Discarded : 0), before) != before)
            return false;
        if ((flags & NoWakeup) == 0 || (flags & ForceWakeup) != 0)
            arrival.Set();
        return true;
    }

    /// <summary><c>bpf_ringbuf_output</c></summary>
    public int Output(ReadOnlySpan<byte> data, ulong flags)
    {
        if ((flags & ~(NoWakeup | ForceWakeup)) != 0)
            return -Errno.Invalid;
        byte* record = Reserve((ulong)data.Length);
        if (record == null)
            return -Errno.Again;
        data.CopyTo(new Span<byte>(record, data.Length));
        TryCommit((ulong)record, flags, discards: false);
        return 0;
    }

    /// <summary><c>bpf_ringbuf_query</c></summary>
    public ulong Query(ulong what) => what switch
    {
        0 => Volatile.Read(ref produced) - Volatile.Read(ref consumed),
        1 => mask + 1,
        2 => Volatile.Read(ref consumed),
        3 => Volatile.Read(ref produced),
        _ => 0,
    };

    public bool Wait(TimeSpan timeout, CancellationToken cancellation) => arrival.Wait(timeout, cancellation);

    /// <summary>Hands every record that is complete to a reader, in order, up to the first that is still being written.</summary>
    /// <returns>How many there were.</returns>
    public int Read(RecordReader reader)
    {
        int count = 0;
        lock (consumers)
        {
            arrival.Reset();
            for (ulong position = consumed; position < Volatile.Read(ref produced);)
            {
                uint header = Volatile.Read(ref Header(position));
                if ((header & Busy) != 0)
                    break;
                uint length = header & LengthMask;
                if ((header & Discarded) == 0)
                {
                    reader(new ReadOnlySpan<byte>(records.Start + (position & mask) + HeaderSize, (int)length));
                    count++;
                }
                position += (length + HeaderSize + 7UL) & ~7UL;
                Volatile.Write(ref consumed, position);
            }
        }
        return count;
    }

    public void Dispose() => arrival.Dispose();

    private ref uint Header(ulong position) => ref ((uint*)headers.Start)[(position & mask) / HeaderSize];
}
