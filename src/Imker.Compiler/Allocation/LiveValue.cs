using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>A virtual register: the parts of its life, and where its memory is.</summary>
internal sealed class LiveValue(int virtualRegister)
{
    public int VirtualRegister { get; } = virtualRegister;

    /// <summary>In the order of their start.</summary>
    public List<LiveInterval> Parts { get; } = [];

    /// <summary>The instruction that makes the value anywhere; null when it has to be kept.</summary>
    public LirInstruction? Repeatable { get; set; }

    /// <summary>The machine register that saves a move; <see cref="LirRegister.None"/> when there is none.</summary>
    public int Preferred { get; set; } = LirRegister.None;

    /// <summary>Values that should share its register: operands changed in place, phis and their inputs.</summary>
    public List<LiveValue> Related { get; } = [];

    /// <summary>The value that takes over where this one ends: the result of the instruction that changes it in place.</summary>
    public LiveValue? Heir { get; set; }

    /// <summary>
    /// Was compared with a bound. The verifiers of older kernels forget that when the value comes back from memory (5.10 does).
    /// </summary>
    public bool IsBounded { get; set; }

    /// <summary>Values whose registers it should not take although they are free: those that the choice of its value hangs on.</summary>
    public List<LiveValue> Avoided { get; } = [];

    /// <summary>A part of it lives in memory, so it is stored where it is defined.</summary>
    public bool IsSpilled { get; set; }

    /// <summary>Where it is stored.</summary>
    public FrameSlot? Slot { get; set; }

    public int Start => Parts[0].Start;

    public int End => Parts[^1].End;

    /// <summary>The part that holds the value at a position.</summary>
    public LiveInterval PartAt(int position)
    {
        int low = 0, high = Parts.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Parts[middle].Start <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return Parts[low];
    }

    public void AddPart(LiveInterval part, LiveInterval behind) => Parts.Insert(Parts.LastIndexOf(behind) + 1, part);
}
