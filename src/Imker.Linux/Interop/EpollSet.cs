using System.Buffers.Binary;

namespace Imker.Linux.Interop;

/// <summary>Descriptors to wait for, each with a bit that says which it was.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int MostEvents = 32;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int eventSize = LibcConstants.IsArm64 ? 16 : 12;
    private static readonly int dataOffset = LibcConstants.IsArm64 ? 8 : 4;

    private readonly Descriptor epoll;

    internal EpollSet()
    {
        int number = Libc.EpollCreate(LibcConstants.OpenCloseOnExec);
        epoll = number >= 0 ? new Descriptor(number) : throw new BpfException("wait for events", "epoll_create1", Libc.LastError);
    }

    /// <summary>Has <see cref="Wait"/> return the bit while the descriptor is readable.</summary>
    internal void Add(Descriptor descriptor, uint bit)
    {
        byte* @event = stackalloc byte[eventSize];
        *(uint*)@event = LibcConstants.EpollIn;
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(@event + dataOffset, sizeof(ulong)), bit);
        Control(LibcConstants.EpollAdd, descriptor, @event);
    }

    internal void Add(EpollSet inner, uint bit) => Add(inner.epoll, bit);

    internal void Remove(Descriptor descriptor) => Control(LibcConstants.EpollDelete, descriptor, null);

    /// <summary>The bits of what is readable; none when the time passed before anything was.</summary>
    /// <param name="milliseconds">−1 for ever.</param>
    internal uint Wait(int milliseconds)
    {
        byte* events = stackalloc byte[MostEvents * 16];
        using DescriptorUse use = epoll.Use();
        long start = Environment.TickCount64;
        int left = milliseconds, count;
        // The runtime's own signals interrupt the wait.
        while ((count = Libc.EpollWait(use.Number, events, MostEvents, left)) < 0 && Libc.LastError == Errno.Interrupted)
            left = milliseconds < 0 ? milliseconds : (int)Math.Max(0, milliseconds - (Environment.TickCount64 - start));
        uint bits = 0;
        for (int i = 0; i < count; i++)
            bits |= (uint)BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(events + i * eventSize + dataOffset, sizeof(ulong)));
        return bits;
    }

    public void Dispose() => epoll.Dispose();

    private void Control(int operation, Descriptor descriptor, void* @event)
    {
        using DescriptorUse set = epoll.Use(), use = descriptor.Use();
        if (Libc.EpollControl(set.Number, operation, use.Number, @event) < 0)
            throw new BpfException("wait for events", "epoll_ctl", Libc.LastError);
    }
}
