using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>The ring of a perf event on one processor, read by copying out what wraps.</summary>
/// <remarks>
/// Memory (<c>struct perf_event_mmap_page</c>): a page with the kernel's position and ours, then the data. Records begin with a 32-bit
/// type, 16 bits of flags and their 16-bit length, a multiple of 8. Positions only grow.
/// </remarks>
internal sealed unsafe class PerfRing : IDisposable
{
    private const int HeadOffset = 1024, TailOffset = 1032, HeaderSize = 8, LengthOffset = 6;

    private readonly MappedMemory pages;
    private readonly byte[] wrapped = new byte[ushort.MaxValue + 1];

    private PerfRing(Descriptor @event, MappedMemory pages)
    {
        Event = @event;
        this.pages = pages;
    }

    internal delegate void RecordReader(ReadOnlySpan<byte> record);

    internal Descriptor Event { get; }

    private ulong Capacity => pages.Length - (ulong)Environment.SystemPageSize;

    /// <summary>Null when the kernel refuses the event or its memory.</summary>
    /// <param name="attributes">The event.</param>
    /// <param name="cpu">Its processor; all processes on it.</param>
    /// <param name="capacity">Bytes; a power of two and of pages.</param>
    internal static PerfRing? TryOpen(in PerfEventAttributes attributes, int cpu, int capacity)
    {
        int number = SystemCall.PerfEventOpen(attributes, PerfEvent.AllProcesses, cpu, group: -1, PerfEventAttributes.OpenCloseOnExec);
        if (number < 0)
            return null;
        var @event = new Descriptor(number);
        if (MappedMemory.TryMap(@event, (nuint)(Environment.SystemPageSize + capacity), 0, writable: true, out _) is { } pages)
            return new PerfRing(@event, pages);
        @event.Dispose();
        return null;
    }

    /// <summary>Has the event deliver (PERF_EVENT_IOC_ENABLE).</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal void Enable(string doing)
    {
        using DescriptorUse use = Event.Use();
        if (Libc.IoCtl(use.Number, PerfEventAttributes.IoctlEnable, 0) < 0)
            throw new BpfException(doing, "PERF_EVENT_IOC_ENABLE", Libc.LastError);
    }

    /// <summary>Hands over the records that are there, header included; each is valid during its call.</summary>
    internal void Read(RecordReader read)
    {
        ref ulong tail = ref *(ulong*)(pages.Pointer + TailOffset);
        ulong head = Volatile.Read(ref *(ulong*)(pages.Pointer + HeadOffset)), position = tail;
        while (head - position >= HeaderSize && head - position <= Capacity)
        {
            int length = *(ushort*)(AddressOf(position) + LengthOffset);
            if (length < HeaderSize || (ulong)length > head - position)
                break;
            read(RecordAt(position, length));
            position += (ulong)length;
        }
        Volatile.Write(ref tail, head);
    }

    public void Dispose()
    {
        pages.Dispose();
        Event.Dispose();
    }

    private byte* AddressOf(ulong position) => pages.Pointer + Environment.SystemPageSize + (position & (Capacity - 1));

    private ReadOnlySpan<byte> RecordAt(ulong position, int length)
    {
        int untilEnd = (int)(Capacity - (position & (Capacity - 1)));
        if (length <= untilEnd)
            return new ReadOnlySpan<byte>(AddressOf(position), length);
        new ReadOnlySpan<byte>(AddressOf(position), untilEnd).CopyTo(wrapped);
        new ReadOnlySpan<byte>(AddressOf(position + (ulong)untilEnd), length - untilEnd).CopyTo(wrapped.AsSpan(untilEnd));
        return wrapped.AsSpan(0, length);
    }
}
