using System.Diagnostics;
using System.Text;

namespace Imker.Machine;

/// <summary>Time, chance, and who runs.</summary>
internal static unsafe class SystemHelpers
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const ulong NanosecondsPerJiffy = NanosecondsPerSecond / 250;

    // International atomic time is ahead of UTC by this since 2017.
    private const ulong TaiOffset = 37 * NanosecondsPerSecond;
    private const int CommSize = 16;

    private static readonly byte[] Comm = Encoding.UTF8.GetBytes(Path.GetFileName(Environment.ProcessPath) ?? "");

    public static ulong Nanoseconds(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Stopwatch.Frequency == (long)NanosecondsPerSecond ? (ulong)Stopwatch.GetTimestamp()
            : (ulong)((UInt128)(ulong)Stopwatch.GetTimestamp() * NanosecondsPerSecond / (ulong)Stopwatch.Frequency);

    public static ulong TaiNanoseconds(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 + TaiOffset;

    public static ulong Jiffies(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Nanoseconds(0, 0, 0, 0, 0, state) / NanosecondsPerJiffy;

    public static ulong Chance(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => (uint)Random.Shared.NextInt64();

    public static ulong Cpu(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => (uint)Processor.Of(state).Cpu;

    public static ulong Zero(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => 0;

    public static ulong ProcessAndThread(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        (ulong)(uint)Environment.ProcessId << 32 | (uint)Environment.CurrentManagedThreadId;

    public static ulong CommandName(ulong buffer, ulong size, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryWrite(buffer, size, out Span<byte> memory))
            return 0;
        memory.Clear();
        Comm.AsSpan(0, Math.Min(Comm.Length, Math.Min(memory.Length, CommSize) - 1)).CopyTo(memory);
        return 0;
    }

    public static ulong Cookie(ulong context, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Processor.Of(state).Cookie;

    public static ulong StackId(ulong context, ulong map, ulong flags, ulong r4, ulong r5, ExecutionState* state)
    {
        const int maxFrames = 127;
        Processor processor = Processor.Of(state);
        if (processor.MapOf(map)?.Storage is not StackTraceStorage traces)
        {
            RegionLookup.Refuse(state, FaultKind.BadArgument, map, 0);
            return 0;
        }
        Span<ulong> frames = stackalloc ulong[maxFrames];
        int count = 0;
        try
        {
            count = Math.Clamp(processor.Program.Machine.Options.Stack?.Invoke(frames) ?? 0, 0, maxFrames);
        }
        catch (Exception e)
        {
            processor.HelperException = e;
            state->Fault = FaultKind.HelperFailed;
        }
        return (ulong)traces.Add(frames[..count], flags);
    }

    /// <summary><c>bpf_loop</c>: calls a function with a number and its context, until it returns 1.</summary>
    public static ulong Loop(ulong count, ulong callback, ulong context, ulong flags, ulong r5, ExecutionState* state)
    {
        const uint most = 1 << 23;
        if (flags != 0)
            return MapHelpers.Result(-Errno.Invalid);
        if ((uint)count > most)
            return MapHelpers.Result(-Errno.TooBig);
        Processor processor = Processor.Of(state);
        for (uint i = 0; i < (uint)count; i++)
        {
            if (processor.CallBack(callback, i, context, 0, 0) != 0 || state->Fault != FaultKind.None)
                return i + 1;
        }
        return (uint)count;
    }
}
