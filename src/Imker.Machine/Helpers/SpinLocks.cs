using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>
/// <c>bpf_spin_lock</c>: a word in a map value. A run holds one at most, as the kernel's verifier demands, and whatever ends a run gives
/// it back.
/// </summary>
internal static unsafe class SpinLocks
{
    public static ulong Take(ulong address, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (processor.HeldLock != 0)
            RegionLookup.Refuse(state, FaultKind.BadArgument, address, 0);
        else if (RegionLookup.IsAligned(state, address, sizeof(uint) | ExecutionState.WriteFlag)
            && RegionLookup.Find(state, address, sizeof(uint) | ExecutionState.WriteFlag) != null)
        {
            var waiting = new SpinWait();
            while (Interlocked.CompareExchange(ref Unsafe.AsRef<uint>((void*)address), 1, 0) != 0)
                waiting.SpinOnce();
            processor.HeldLock = address;
        }
        return 0;
    }

    public static ulong GiveBack(ulong address, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (address == 0 || processor.HeldLock != address)
            RegionLookup.Refuse(state, FaultKind.BadArgument, address, 0);
        else
            Release(processor);
        return 0;
    }

    public static void Release(Processor processor)
    {
        Volatile.Write(ref Unsafe.AsRef<uint>((void*)processor.HeldLock), 0);
        processor.HeldLock = 0;
    }
}
