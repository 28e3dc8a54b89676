using Imker.Linux;

namespace Imker.Capture;

/// <summary>Carries packets from files or an interface to sinks, until there are no more, enough have come, or somebody ends it.</summary>
public sealed class CaptureSession
{
    private const int PacketsBetweenLooks = 4096;

    // Milliseconds. Traffic that goes on must not keep a session going that is to end.
    private const long LongestRest = 200;

    private readonly EventLoop loop;
    private readonly PacketSink[] sinks;
    private readonly long limit;
    private long toSkip;
    private volatile bool isStopped;

    /// <param name="loop">Ends the session when it catches a signal.</param>
    /// <param name="sinks">Get every packet.</param>
    /// <param name="limit">After so many packets it ends; null for no limit.</param>
    /// <param name="skip">So many packets are left out at first.</param>
    public CaptureSession(EventLoop loop, IReadOnlyList<PacketSink> sinks, long? limit = null, long skip = 0)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(sinks);
        this.loop = loop;
        this.sinks = [.. sinks];
        this.limit = limit ?? long.MaxValue;
        toSkip = skip;
    }

    /// <summary>Packets that were delivered.</summary>
    public long Captured { get; private set; }

    /// <summary>Whether it is over, and not for want of packets.</summary>
    public bool IsOver => isStopped || loop.Signal is not null || HasEnough;

    private bool HasEnough => Captured >= limit || Array.Exists(sinks, s => s is FileSink { IsComplete: true });

    /// <summary>Called when the loop was woken for another reason than packets: by <see cref="EventLoop.Wake"/>, not by <see cref="Stop"/>.</summary>
    public Action? Woken { get; set; }

    /// <summary>Ends the session soon. For other threads.</summary>
    public void Stop()
    {
        isStopped = true;
        loop.Wake();
    }

    /// <summary>Delivers the packets of a file that pass a filter.</summary>
    /// <exception cref="CaptureFileException">The file is damaged; what comes before the damage has been delivered.</exception>
    public void Replay(CaptureFileReader file, CaptureFilters filters)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(filters);
        while (!IsOver && ReplaySome(file, filters))
        {
        }
    }

    /// <summary>Delivers the packets of an interface, and waits for more, until the session is over.</summary>
    /// <exception cref="BpfException">The interface is gone.</exception>
    public void Capture(LiveCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        while (!IsOver)
        {
            if (CaptureSome(capture))
                continue;
            foreach (PacketSink sink in sinks)
                sink.Flush();
            if ((loop.Wait(Timeout.InfiniteTimeSpan) & WakeReasons.Woken) != 0 && !isStopped)
                Woken?.Invoke();
            capture.CheckInterface();
        }
        DeliverRest(capture);
    }

    // What the ring held when the end was asked for.
    private void DeliverRest(LiveCapture capture)
    {
        long last = Environment.TickCount64 + LongestRest;
        while (!HasEnough && Environment.TickCount64 < last && CaptureSome(capture))
        {
        }
    }

    // False behind the last packet.
    private bool ReplaySome(CaptureFileReader file, CaptureFilters filters)
    {
        int budget = PacketsBetweenLooks;
        while (file.TryRead(filters, ref budget, out CapturedPacket packet))
        {
            if (!Deliver(packet))
                return true;
        }
        return budget == 0;
    }

    // False when there are no more for now.
    private bool CaptureSome(LiveCapture capture)
    {
        for (int i = 0; i < PacketsBetweenLooks; i++)
        {
            if (!capture.TryRead(out CapturedPacket packet))
                return false;
            if (!Deliver(packet))
                return true;
        }
        return true;
    }

    private bool Deliver(in CapturedPacket packet)
    {
        if (toSkip > 0)
        {
            toSkip--;
            return true;
        }
        Captured++;
        foreach (PacketSink sink in sinks)
            sink.Take(packet);
        return Captured < limit;
    }
}
