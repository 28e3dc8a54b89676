using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>
/// The CPUs of a machine: a run of a program that has per-CPU values takes one and has it alone, so that no other thread writes the same
/// values. The kernel gets that by not letting the program wander; here threads may.
/// </summary>
internal sealed class CpuSlots(int count)
{
    // A cache line each: neighbours do not slow each other down.
    private const int Stride = 16;

    [ThreadStatic]
    private static int preferred;

    private readonly int[] taken = new int[count * Stride];

    public int Count { get; } = count;

    /// <summary>Takes a free one, the last of this thread if it is free; waits where all are taken.</summary>
    public int Take()
    {
        var waiting = new SpinWait();
        while (true)
        {
            for (int i = 0; i < Count; i++)
            {
                int cpu = (int)((uint)(preferred + i) % (uint)Count);
                if (TryTake(cpu))
                    return preferred = cpu;
            }
            waiting.SpinOnce();
        }
    }

    public void GiveBack(int cpu) => Volatile.Write(ref taken[cpu * Stride], 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(int cpu) => Volatile.Read(ref taken[cpu * Stride]) == 0 && Interlocked.Exchange(ref taken[cpu * Stride], 1) == 0;
}
