using System.Runtime.InteropServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Where the thread that reads ring buffers sleeps. Idle, it sleeps until the kernel wakes it for a record; under load it sleeps for
/// set times beside the kernel's wake-ups, so that records come in batches. Signals, the end of a process and other threads wake it
/// at once in both.
/// </summary>
/// <remarks>
/// Programs submit with flags 0: the kernel then wakes the reader only for the record that it stands before, so once a batch.
/// <c>docs/decisions/0002-ring-wakeup.md</c> has the figures.
/// </remarks>
public sealed partial class EventLoop : IDisposable
{
    private const uint WakeBit = 1, ProcessBit = 2, RingBit = 4, ControlBit = 8, MappingBit = 16, PacketBit = 32, OutputBit = 64, PerfBit = 128;

    private readonly EpollSet control = new();
    private readonly EpollSet everything = new();
    private readonly WakeEvent wake = new();
    private readonly List<(RingBuffer Ring, ulong Seen)> rings = [];
    private ReadPacing pacing;
    private Descriptor? process;
    private Descriptor? watched;
    private MappingLog? mappings;
    private volatile bool woken;

    public EventLoop()
    {
        control.Add(wake.Descriptor, WakeBit);
        everything.Add(control, ControlBit);
    }

    /// <summary>Has <see cref="Wait"/> return for the records of a ring; it must stay open.</summary>
    public void Add(RingBuffer ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        everything.Add(ring.Map.Descriptor, RingBit);
        rings.Add((ring, ring.ConsumerPosition));
    }

    /// <summary>Readable once a signal came or the loop was woken.</summary>
    internal Descriptor WakeDescriptor => wake.Descriptor;

    /// <summary>For who waits for <see cref="WakeDescriptor"/> himself.</summary>
    internal void ClearWake() => wake.Clear();

    /// <summary>Has the loop wake when a process ends.</summary>
    public void Watch(ChildProcess child)
    {
        ArgumentNullException.ThrowIfNull(child);
        control.Add(child.Descriptor, ProcessBit);
        process = child.Descriptor;
    }

    /// <summary>Has the loop wake when a process that is not our child ends.</summary>
    /// <exception cref="BpfException">There is no such process.</exception>
    public void Watch(int processId)
    {
        int number = SystemCall.PidFdOpen(processId);
        if (number < 0)
            throw new BpfException($"trace process {processId}", "pidfd_open", Libc.LastError);
        process = watched = new Descriptor(number);
        control.Add(process, ProcessBit);
    }

    /// <summary>Has <see cref="Wait"/> return for the records of a perf buffer; it must stay open.</summary>
    public void Watch(PerfBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        foreach (Descriptor descriptor in buffer.Descriptors)
            control.Add(descriptor, PerfBit);
    }

    /// <summary>Has the loop take in what processes map before the log overflows; it must stay open.</summary>
    public void Watch(MappingLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        foreach (Descriptor descriptor in log.Descriptors)
            control.Add(descriptor, MappingBit);
        mappings = log;
    }

    /// <summary>Has <see cref="Wait"/> return for packets; the socket must stay open.</summary>
    public void Watch(PacketSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        control.Add(socket.Descriptor, PacketBit);
    }

    /// <summary>Has <see cref="Wait"/> return, now or the next time it is called. For other threads.</summary>
    public void Wake()
    {
        woken = true;
        wake.Set();
    }

    /// <summary>
    /// Sleeps until there is something to do. To be called after a pass over all rings that were added: what that pass read decides
    /// whether and how long to sleep.
    /// </summary>
    /// <param name="longest">At most so long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public WakeReasons Wait(TimeSpan longest)
    {
        int limit = longest == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(longest.TotalMilliseconds), 0, int.MaxValue);
        int pause = pacing.Next(FillOfLastPass(out bool pending), pending);
        if (pause == ReadPacing.UntilWoken)
        {
            uint bits = everything.Wait(limit);
            return (bits & ControlBit) != 0 ? Reasons(control.Wait(0), (bits & RingBit) != 0) : Reasons(0, (bits & RingBit) != 0);
        }
        uint controlBits = control.Wait(limit < 0 ? pause : Math.Min(pause, limit));
        return Reasons(controlBits, HasRecords());
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in signals)
            registration.Dispose();
        GoOnAfterSignal();
        everything.Dispose();
        control.Dispose();
        watched?.Dispose();
        wake.Dispose();
    }

    private double FillOfLastPass(out bool pending)
    {
        double fill = 0;
        pending = false;
        foreach (ref (RingBuffer Ring, ulong Seen) entry in CollectionsMarshal.AsSpan(rings))
        {
            ulong position = entry.Ring.ConsumerPosition;
            fill = Math.Max(fill, (position - entry.Seen) / (double)entry.Ring.Capacity);
            pending |= entry.Ring.ProducerPosition != position;
            entry.Seen = position;
        }
        return fill;
    }

    private bool HasRecords()
    {
        foreach ((RingBuffer ring, _) in rings)
        {
            if (ring.AvailableBytes > 0)
                return true;
        }
        return false;
    }

    private WakeReasons Reasons(uint controlBits, bool hasRecords)
    {
        WakeReasons reasons = hasRecords || (controlBits & PerfBit) != 0 ? WakeReasons.Records : WakeReasons.None;
        if ((controlBits & WakeBit) != 0)
            wake.Clear();
        // Its bit may be lost: a perf event is readable but once (perf_poll), and one set within the other asks twice.
        mappings?.Drain();
        if (signal != 0)
            reasons |= WakeReasons.Signal;
        if ((controlBits & PacketBit) != 0)
            reasons |= WakeReasons.Packets;
        if (woken)
        {
            woken = false;
            reasons |= WakeReasons.Woken;
        }
        if ((controlBits & ProcessBit) != 0 && process is not null)
        {
            // It stays readable from now on.
            control.Remove(process);
            process = null;
            reasons |= WakeReasons.ProcessExit;
        }
        return reasons;
    }
}
