using System.Runtime.InteropServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed partial class EventLoop
{
    private const int SignalExitBase = 128;

    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock ending = new();
    private TimeSpan? patience;
    private bool isResultWanted;
    private Timer? end;
    private int signal, signalCount;

    /// <summary>The signal that came, SIGINT or SIGTERM; null before.</summary>
    public PosixSignal? Signal => signal == 0 ? null : (PosixSignal)signal;

    /// <summary>What a shell shows of a program that the signal ended: 128 and its number; 0 before one came.</summary>
    public int SignalExitCode => Signal switch
    {
        null => 0,
        PosixSignal.SIGINT => SignalExitBase + LibcConstants.SignalInterrupt,
        _ => SignalExitBase + LibcConstants.SignalTerminate,
    };

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
    /// For work that asks for no signal, such as compiling: one that comes, or has come, ends the process when the work takes
    /// longer than this. <see cref="GoOnAfterSignal"/> says that it is done.
    /// </summary>
    /// <param name="longest">How long it may go on.</param>
    /// <param name="isResultWanted">
    /// The work is what the process is for, so that it ends with <see cref="SignalExitCode"/>; else with 0, as a run does that a
    /// signal ends.
    /// </param>
    public void EndAfterSignal(TimeSpan longest, bool isResultWanted)
    {
        lock (ending)
        {
            (patience, this.isResultWanted) = (longest, isResultWanted);
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
                Libc.Exit(isResultWanted ? SignalExitCode : 0);
        }
    }
}
