using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>
/// The writing end of a user ring buffer (<c>BPF_MAP_TYPE_USER_RINGBUF</c>, kernel 6.1): records that programs take out by
/// <c>bpf_user_ringbuf_drain</c>. One thread writes at a time.
/// </summary>
/// <remarks>
/// Memory (kernel: kernel/bpf/ringbuf.c): a page with the consumer's position, which only the kernel writes; a page with the producer's;
/// then the data, mapped twice in a row. A record begins with its 32-bit length, whose top bits say busy and discarded.
/// </remarks>
public sealed unsafe class UserRingBuffer : IDisposable
{
    private const uint BusyBit = 1u << 31, DiscardBit = 1u << 30;
    private const int HeaderSize = 8;

    private readonly MappedMemory consumerPage, producerPages;
    private byte* reserved;

    /// <param name="map">Of the type USER_RINGBUF; it must stay open.</param>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    /// <exception cref="BpfException">The kernel refuses its memory.</exception>
    public UserRingBuffer(KernelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != MapType.UserRingBuffer)
            throw new ArgumentException($"map '{map.Name}' is no user ring buffer but {map.Type}", nameof(map));
        Map = map;
        Capacity = (int)map.MaxEntries;
        int page = Environment.SystemPageSize;
        consumerPage = Open(map, (nuint)page, 0, writable: false);
        try
        {
            producerPages = Open(map, (nuint)page + 2 * (nuint)Capacity, page, writable: true);
        }
        catch
        {
            consumerPage.Dispose();
            throw;
        }
    }

    public KernelMap Map { get; }

    /// <summary>Bytes of records, headers included, that it holds.</summary>
    public int Capacity { get; }

    /// <summary>Bytes that the programs have not taken yet.</summary>
    public int PendingBytes => (int)(*Producer - Volatile.Read(ref *Consumer));

    private ulong* Consumer => (ulong*)consumerPage.Pointer;

    private ulong* Producer => (ulong*)producerPages.Pointer;

    private byte* Data => producerPages.Pointer + Environment.SystemPageSize;

    /// <summary>Room for a record, to be filled and then submitted or discarded; false when there is none now.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="record">Where they go; not to be used after <see cref="Submit"/>.</param>
    /// <exception cref="InvalidOperationException">The record before was neither submitted nor discarded.</exception>
    public bool TryReserve(int length, out Span<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (reserved is not null)
            throw new InvalidOperationException("the record that was reserved before has to be submitted or discarded first");
        ulong total = ((ulong)length + HeaderSize + 7) & ~7UL, producer = *Producer;
        record = default;
        if (total > (ulong)Capacity - (producer - Volatile.Read(ref *Consumer)))
            return false;
        byte* place = Data + (producer & (ulong)(Capacity - 1));
        *(uint*)(place + sizeof(uint)) = 0;
        Volatile.Write(ref *(uint*)place, (uint)length | BusyBit);
        Volatile.Write(ref *Producer, producer + total);
        reserved = place;
        record = new Span<byte>(place + HeaderSize, length);
        return true;
    }

    /// <summary>Gives the reserved record to the programs.</summary>
    public void Submit() => Finish(0);

    /// <summary>Has the programs pass over the reserved record.</summary>
    public void Discard() => Finish(DiscardBit);

    /// <summary>Copies a record in; false when there is no room for it now.</summary>
    public bool TryWrite(ReadOnlySpan<byte> record)
    {
        if (!TryReserve(record.Length, out Span<byte> room))
            return false;
        record.CopyTo(room);
        Submit();
        return true;
    }

    public void Dispose()
    {
        consumerPage.Dispose();
        producerPages.Dispose();
    }

    private void Finish(uint bits)
    {
        if (reserved is null)
            throw new InvalidOperationException("no record is reserved");
        ObjectDisposedException.ThrowIf(producerPages.IsClosed, this);
        uint length = *(uint*)reserved & ~BusyBit;
        // All of the record is seen before it counts as written.
        Interlocked.Exchange(ref *(uint*)reserved, length | bits);
        reserved = null;
    }

    private static MappedMemory Open(KernelMap map, nuint length, long offset, bool writable) =>
        MappedMemory.TryMap(map.Descriptor, length, offset, writable, out Errno error)
            ?? throw new BpfException($"map user ring buffer '{map.Name}' into memory", "mmap", error);
}
