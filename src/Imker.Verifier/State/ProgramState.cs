namespace Imker.Verifier.State;

/// <summary>One path's knowledge at one instruction: the frames, what was acquired, what is held.</summary>
internal sealed class ProgramState
{
    public const int MaxFrames = 8;

    public readonly FrameState[] Frames = new FrameState[MaxFrames];

    /// <summary>The number of the frame that runs, from 0.</summary>
    public int Current;

    /// <summary>References that are to be released, in the order of their acquisition.</summary>
    public readonly List<AcquiredReference> References = [];

    /// <summary>The lock that is held: the number of its object, 0 for none.</summary>
    public int LockId;

    /// <summary>The map, or the BTF of the object, whose lock is held.</summary>
    public object? LockTarget;

    public int RcuDepth;
    public int PreemptDepth;

    /// <summary>The interrupt flag that was saved last; 0 for none.</summary>
    public int IrqId;

    public bool IsInSleepable;

    /// <summary>may_goto iterations that were walked on this path.</summary>
    public int MayGotoDepth;

    /// <summary>Callback iterations that were walked on this path, over all callbacks.</summary>
    public int CallbackUnrollDepth;

    /// <summary>Paths that started from this state and have not ended; a state with any may be on the path that is walked.</summary>
    public int Branches;

    /// <summary>
    /// The start of a loop that a path from this state ended in because it met that state again, still open: what is known to be precise
    /// is then not complete.
    /// </summary>
    public ProgramState? LoopEntry;

    /// <summary>The instruction that it is at.</summary>
    public int At;

    /// <summary>The number of states before it on its path.</summary>
    public int Depth;

    /// <summary>The state that was stored before this one on its path.</summary>
    public ProgramState? Parent;

    /// <summary>The instructions that were walked since the parent was stored.</summary>
    public readonly List<Step> Steps = [];

    /// <summary>Stored for comparison; a path may still refer to it when it is forgotten there.</summary>
    public bool IsKept;

    public int Hits;
    public int Misses;
    public long Bytes;

    /// <summary>Ends of paths that this state covered while it was open: what it turns out to rely on, they rely on too.</summary>
    public List<ProgramState>? BackEdges;

    public FrameState Frame => Frames[Current];

    public RegisterState[] Registers => Frames[Current].Registers;

    /// <summary>Keeps a path's end for <see cref="BackEdges"/>.</summary>
    public void AddBackEdge(ProgramState end)
    {
        end.IsKept = true;
        (BackEdges ??= []).Add(end);
    }

    /// <summary>Forgets everything but the frames' memory, for another use.</summary>
    public void Reset()
    {
        Current = 0;
        References.Clear();
        LockId = 0;
        LockTarget = null;
        RcuDepth = PreemptDepth = IrqId = 0;
        IsInSleepable = false;
        MayGotoDepth = CallbackUnrollDepth = 0;
        Branches = 0;
        LoopEntry = null;
        BackEdges = null;
        Depth = 0;
        Parent = null;
        Steps.Clear();
    }

    public void CopyFrom(ProgramState other)
    {
        for (int i = 0; i <= other.Current; i++)
            (Frames[i] ??= new FrameState()).CopyFrom(other.Frames[i]);
        Current = other.Current;
        References.Clear();
        References.AddRange(other.References);
        (LockId, LockTarget) = (other.LockId, other.LockTarget);
        (RcuDepth, PreemptDepth, IrqId) = (other.RcuDepth, other.PreemptDepth, other.IrqId);
        IsInSleepable = other.IsInSleepable;
        MayGotoDepth = other.MayGotoDepth;
        CallbackUnrollDepth = other.CallbackUnrollDepth;
        Parent = other.Parent;
        Steps.Clear();
        Steps.AddRange(other.Steps);
        Branches = 0;
        LoopEntry = null;
        BackEdges = null;
        Depth = other.Depth;
        At = other.At;
    }
}

/// <summary>Something that was acquired and has to be given back.</summary>
/// <param name="Id">Its number, that pointers to it carry.</param>
/// <param name="Slot">The instruction that acquired it.</param>
/// <param name="What">For messages: the helper's or kernel function's name.</param>
internal readonly record struct AcquiredReference(int Id, int Slot, string What);

/// <summary>An instruction of a path, with what precision needs to be tracked back over it.</summary>
/// <param name="Slot">The instruction.</param>
/// <param name="StackPlace">The place in a stack that it loaded from or stored to, as <see cref="PlaceOf"/> counts; 0 for none.</param>
/// <param name="Linked">Of a jump the registers that learned from it together, a bit each; <see cref="AllLinked"/> where others did too.</param>
internal readonly record struct Step(int Slot, short StackPlace, ushort Linked)
{
    public const ushort AllLinked = ushort.MaxValue;

    /// <summary>A slot of a frame's stack as a number above 0.</summary>
    public static short PlaceOf(int frame, int slot) => (short)(frame << 6 | slot | 0x4000);

    public int StackFrame => StackPlace >> 6 & 7;

    public int StackSlot => StackPlace & 63;
}
