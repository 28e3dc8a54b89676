using System.Runtime.InteropServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed partial class EventLoop
{
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock ending = new();
    private TimeSpan? patience;
    private Timer? end;
    private int signal, signalCount;

    /// <summary>The signal that came, SIGINT or SIGTERM; null before.</summary>
    public PosixSignal? Signal => signal == 0 ? null : (PosixSignal)signal;

    /// <summary>How many of them came: the second is of someone who will not wait.</summary>
    public int SignalCount => Volatile.Read(ref signalCount);

    /// <summary>
    /// Has SIGINT and SIGTERM wake the loop instead of ending the process, also where SIGINT was ignored when the process began.
    /// </summary>
    public void CatchSignals()
    {
        // A shell starts what it puts into the background with SIGINT ignored, and the runtime respects that. But stopping by
        // SIGINT is how tracers are used, so it is taken all the same.
        Libc.Signal(LibcConstants.SignalInterrupt, LibcConstants.DefaultHandler);
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
    }

    /// <summary>
    /// For work that asks for no signal, such as compiling: one that comes, or has come, ends the process with code 0 when the work takes
    /// longer than this. <see cref="GoOnAfterSignal"/> says that it is done.
    /// </summary>
    public void EndAfterSignal(TimeSpan longest)
    {
        lock (ending)
        {
            patience = longest;
            if (signal != 0)
                StartEnding();
        }
    }

    /// <summary>From now on a signal is seen to by whoever calls <see cref="Wait"/>.</summary>
    public void GoOnAfterSignal()
    {
        lock (ending)
        {
            patience = null;
            end?.Dispose();
            end = null;
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Interlocked.CompareExchange(ref signal, (int)context.Signal, 0);
        Interlocked.Increment(ref signalCount);
        wake.Set();
        lock (ending)
            StartEnding();
    }

    private void StartEnding()
    {
        if (patience is { } longest)
            end ??= new Timer(_ => End(), null, longest, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        lock (ending)
        {
            if (patience is not null)
                Libc.Exit(0);
        }
    }
}
