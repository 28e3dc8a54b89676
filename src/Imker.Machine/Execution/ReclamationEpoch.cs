namespace Imker.Machine;

/// <summary>
/// When what was taken out of a map may be used for something else: when no run is under way that could have found it. A run notes the
/// epoch that it began in; what is removed waits until every run of its epoch is over. Runs pay one store, whoever removes pays a
/// barrier on all processors.
/// </summary>
internal static unsafe class ReclamationEpoch
{
    private static readonly Lock Gate = new();
    private static nint[] states = [];
    private static long current = 1;

    /// <summary>The present epoch, never 0.</summary>
    public static long Current => Volatile.Read(ref current);

    public static void Register(Processor processor)
    {
        lock (Gate)
            states = [.. states, (nint)processor.State];
    }

    public static void Unregister(Processor processor)
    {
        lock (Gate)
            states = Array.FindAll(states, state => state != (nint)processor.State);
    }

    public static void Enter(ExecutionState* state) => Volatile.Write(ref state->Epoch, Volatile.Read(ref current));

    public static void Leave(ExecutionState* state) => Volatile.Write(ref state->Epoch, 0);

    /// <summary>Begins a new epoch and returns the newest one that no run is in any more: what was removed in it or before is free.</summary>
    public static long Advance()
    {
        lock (Gate)
        {
            long begun = Interlocked.Increment(ref current);
            // A run that has not yet shown its epoch shows it now, or began after what was removed had gone.
            Interlocked.MemoryBarrierProcessWide();
            long oldest = begun;
            foreach (nint state in states)
            {
                long entered = Volatile.Read(ref ((ExecutionState*)state)->Epoch);
                if (entered != 0)
                    oldest = Math.Min(oldest, entered);
            }
            return oldest - 1;
        }
    }
}
