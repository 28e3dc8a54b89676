using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>
/// The reading end of a BPF ring buffer. Records are read in place, without copy or allocation, by one reader at a time.
/// </summary>
/// <remarks>
/// Memory (kernel/bpf/ringbuf.c): a page with our position, writable; a page with the producers' position; the data twice in a row,
/// so that no record is ever split. Positions only grow; a place is the position modulo the capacity.
/// </remarks>
public sealed unsafe partial class RingBuffer : IDisposable
{
    internal const int HeaderSize = 8;
    internal const uint BusyBit = 1u << 31, DiscardBit = 1u << 30;

    private readonly MappedMemory consumerPage;
    private readonly MappedMemory producerPages;
    private readonly byte* data;
    private readonly SetAsideBytes aside = new();
    private readonly int mask;
    private ulong consumer;

    // Where what was set aside ends, beside the records' hot path.
    private ulong asideEnd;

    /// <param name="map">A map of the type RINGBUF; it must stay open.</param>
    /// <exception cref="ArgumentException">The map is no ring buffer.</exception>
    /// <exception cref="BpfException">The kernel refuses to map it.</exception>
    public RingBuffer(KernelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != MapType.RingBuffer)
            throw new ArgumentException($"map '{map.Name}' is no ring buffer but {map.Type}", nameof(map));
        Map = map;
        Capacity = (int)map.MaxEntries;
        mask = Capacity - 1;
        int page = Environment.SystemPageSize;
        consumerPage = Open(map, (nuint)page, 0, writable: true);
        try
        {
            producerPages = Open(map, (nuint)page + 2 * (nuint)Capacity, page, writable: false);
        }
        catch
        {
            consumerPage.Dispose();
            throw;
        }
        data = producerPages.Pointer + page;
        consumer = Volatile.Read(ref *(ulong*)consumerPage.Pointer);
    }

    public KernelMap Map { get; }

    /// <summary>Bytes of records, headers included, that it holds.</summary>
    public int Capacity { get; }

    /// <summary>Where we are: what lies before has been read and given back to the producers.</summary>
    public ulong ConsumerPosition => consumer;

    /// <summary>Where the producers are: what lies before has been reserved, though perhaps not yet submitted.</summary>
    public ulong ProducerPosition => Volatile.Read(ref *(ulong*)producerPages.Pointer);

    /// <summary>Bytes reserved and not yet read.</summary>
    public int AvailableBytes => (int)(ProducerPosition - ConsumerPosition);

    /// <summary>Bytes that <see cref="SetAside"/> has in memory now.</summary>
    internal int SetAsideLength => aside.Length;

    /// <summary>
    /// The records that are there now, in the order of their reservation, up to the first that is still being written:
    /// <c>foreach (ReadOnlySpan&lt;byte&gt; record in ring.Read())</c>. A record is valid until the next one is asked for or
    /// <see cref="SetAside"/> is called. What comes meanwhile is left for the next call, so that it ends under any load.
    /// </summary>
    public RingBufferRecords Read() => new(this, ProducerPosition);

    /// <summary>The records that are there now and were reserved before the producers came to a position.</summary>
    public RingBufferRecords Read(ulong until) => new(this, Math.Min(until, ProducerPosition));

    /// <summary>
    /// Copies what has been written and not yet read to memory, and gives its space back to the producers: for a reader that is
    /// held up. Passes that have begun, and those to come, go through it as if it were still in the ring.
    /// </summary>
    /// <param name="most">Bytes to hold in memory.</param>
    /// <returns>False when there was nothing, or no room.</returns>
    public bool SetAside(int most)
    {
        ulong start = Math.Max(consumer, aside.End), end = start, reserved = ProducerPosition;
        int room = Math.Max(0, most - aside.Length);
        for (ulong next = end; next < reserved && TrySkip(ref next, out _) && next - start <= (ulong)room; end = next)
        {
        }
        if (end == start)
            return false;
        aside.Append(new ReadOnlySpan<byte>(data + Place(start), (int)(end - start)), start);
        asideEnd = aside.End;
        Volatile.Write(ref *(ulong*)consumerPage.Pointer, end);
        return true;
    }

    public void Dispose()
    {
        consumerPage.Dispose();
        producerPages.Dispose();
    }

    /// <summary>Keeps the memory mapped until <see cref="LetGo"/>.</summary>
    internal void Hold()
    {
        bool isHeld = false, isHeldToo = false;
        try
        {
            consumerPage.DangerousAddRef(ref isHeld);
            producerPages.DangerousAddRef(ref isHeldToo);
        }
        catch
        {
            if (isHeld)
                consumerPage.DangerousRelease();
            throw;
        }
    }

    internal void LetGo()
    {
        consumerPage.DangerousRelease();
        producerPages.DangerousRelease();
    }

    /// <summary>The bytes of a record that has been written.</summary>
    internal ReadOnlySpan<byte> RecordAt(ulong position) => PayloadAt(position, (int)(HeaderAt(position) & ~DiscardBit));

    /// <summary>Moves a position behind the record that it stands at; false when that is still being written.</summary>
    internal bool TrySkip(ref ulong position, out bool isDiscarded)
    {
        uint header = HeaderAt(position);
        isDiscarded = (header & DiscardBit) != 0;
        if ((header & BusyBit) != 0)
            return false;
        position += ((ulong)(header & ~DiscardBit) + HeaderSize + 7) & ~7UL;
        return true;
    }

    internal void Release(ulong position)
    {
        if (consumer < aside.End)
            aside.Forget(position);
        consumer = position;
        // The space of what is in memory has been given back already.
        if (position >= aside.End)
            Volatile.Write(ref *(ulong*)consumerPage.Pointer, position);
    }

    /// <summary>The record's length with the two bits, read so that its bytes are seen after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint HeaderAt(ulong position) =>
        position < asideEnd ? aside.WordAt(position) : Volatile.Read(ref *(uint*)(data + Place(position)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> PayloadAt(ulong position, int length) => position < asideEnd
        ? aside.BytesAt(position, HeaderSize + length)[HeaderSize..]
        : new ReadOnlySpan<byte>(data + Place(position) + HeaderSize, length);

    private int Place(ulong position) => (int)position & mask;

    private static MappedMemory Open(KernelMap map, nuint length, long offset, bool writable) =>
        MappedMemory.TryMap(map.Descriptor, length, offset, writable, out Errno error)
            ?? throw new BpfException($"map ring buffer '{map.Name}' into memory", "mmap", error);
}
