namespace Imker.Machine;

/// <summary>The helpers that send records: ring buffers (<c>kernel/bpf/ringbuf.c</c>) and perf events.</summary>
internal static unsafe class RecordHelpers
{
    public static ulong PerfEventOutput(ulong context, ulong map, ulong flags, ulong data, ulong size, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (processor.MapOf(map)?.Storage is not PerfEventStorage events)
            return Refuse(state, map);
        return processor.TryRead(data, size, out ReadOnlySpan<byte> record) ? (ulong)(long)events.Ring.Output(record, 0) : 0;
    }

    public static ulong Output(ulong map, ulong data, ulong size, ulong flags, ulong r5, ExecutionState* state) =>
        RingOf(map, state) is { } ring && Processor.Of(state).TryRead(data, size, out ReadOnlySpan<byte> record) ? (ulong)(long)ring.Output(record, flags) : 0;

    public static ulong Reserve(ulong map, ulong size, ulong flags, ulong r4, ulong r5, ExecutionState* state) =>
        RingOf(map, state) is { } ring && flags == 0 ? (ulong)ring.Reserve(size) : 0;

    public static ulong Submit(ulong record, ulong flags, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Commit(record, flags, discards: false, state);

    public static ulong Discard(ulong record, ulong flags, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Commit(record, flags, discards: true, state);

    public static ulong Query(ulong map, ulong what, ulong r3, ulong r4, ulong r5, ExecutionState* state) => RingOf(map, state)?.Query(what) ?? 0;

    public static RingBufferStorage? RingOf(ulong map, ExecutionState* state)
    {
        var ring = Processor.Of(state).MapOf(map)?.Storage as RingBufferStorage;
        if (ring is null)
            Refuse(state, map);
        return ring;
    }

    public static ulong Commit(ulong record, ulong flags, bool discards, ExecutionState* state)
    {
        foreach (MachineMap map in Processor.Of(state).MapsOfRun)
        {
            if (map.Storage is RingBufferStorage ring && ring.TryCommit(record, flags, discards))
                return 0;
        }
        return Refuse(state, record);
    }

    private static ulong Refuse(ExecutionState* state, ulong what)
    {
        RegionLookup.Refuse(state, FaultKind.BadArgument, what, 0);
        return 0;
    }
}
