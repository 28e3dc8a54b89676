using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>The clocks that records are stamped with.</summary>
public static unsafe class Clocks
{
    private const int Attempts = 5;

    /// <summary>Nanoseconds since the machine started, sleep included (<c>bpf_ktime_get_boot_ns</c>).</summary>
    public static ulong BootNanoseconds => (ulong)Read(LibcConstants.ClockBoottime);

    /// <summary>
    /// Nanoseconds to add to the boot clock for the time since 1970, as they stand now: of a few readings the one that took least, so
    /// that a preemption in between does no harm.
    /// </summary>
    public static long BootToWallNanoseconds()
    {
        long shortest = long.MaxValue, result = 0;
        for (int i = 0; i < Attempts; i++)
        {
            long before = Read(LibcConstants.ClockBoottime), wall = Read(LibcConstants.ClockRealtime), after = Read(LibcConstants.ClockBoottime);
            if (after - before >= shortest)
                continue;
            shortest = after - before;
            result = wall - (before + shortest / 2);
        }
        return result;
    }

    private static long Read(int clock)
    {
        long* time = stackalloc long[2];
        if (Libc.ClockGetTime(clock, time) < 0)
            throw new BpfException("read the clock", "clock_gettime", Libc.LastError);
        return time[0] * 1_000_000_000 + time[1];
    }
}
