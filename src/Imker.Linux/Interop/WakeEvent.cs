namespace Imker.Linux.Interop;

/// <summary>An eventfd: what another thread, or a signal handler's thread, wakes a waiting one with.</summary>
internal sealed unsafe class WakeEvent : IDisposable
{
    internal WakeEvent()
    {
        int number = Libc.EventFd(0, LibcConstants.OpenCloseOnExec | LibcConstants.OpenNonBlocking);
        Descriptor = number >= 0 ? new Descriptor(number) : throw new BpfException("wait for events", "eventfd", Libc.LastError);
    }

    internal Descriptor Descriptor { get; }

    /// <summary>Makes the descriptor readable until <see cref="Clear"/>. It cannot fail but for 2^64 calls.</summary>
    internal void Set()
    {
        ulong one = 1;
        using DescriptorUse use = Descriptor.Use();
        Libc.Write(use.Number, &one, sizeof(ulong));
    }

    internal void Clear()
    {
        ulong count;
        using DescriptorUse use = Descriptor.Use();
        Libc.Read(use.Number, &count, sizeof(ulong));
    }

    public void Dispose() => Descriptor.Dispose();
}
