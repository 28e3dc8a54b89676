using Imker.Verifier.State;

namespace Imker.Verifier.Pruning;

/// <summary>The states that were there before, by instruction; and the memory of those that are not needed any more.</summary>
internal sealed class StateTable(int slots, VerifierLimits limits)
{
    // What a stored state takes, about: a frame's registers, and for each slot of stack its register and bytes.
    private const long FrameBytes = 11 * 152 + 200;
    private const long StackSlotBytes = 152 + 48;

    private readonly List<ProgramState>?[] bySlot = new List<ProgramState>[slots];
    private readonly Stack<ProgramState> free = new();
    private long bytes;
    private int count;
    private int jumps;
    private int jumpsBefore;
    private int walkedBefore;

    public int Peak { get; private set; }

    public ProgramState Rent() => free.TryPop(out ProgramState? state) ? state : new ProgramState();

    /// <summary>Only for states that nothing refers to.</summary>
    public void GiveBack(ProgramState state)
    {
        if (free.Count < 64 && !state.IsKept)
        {
            state.Reset();
            free.Push(state);
        }
    }

    public void CountJump() => jumps++;

    public List<ProgramState>? At(int slot) => bySlot[slot];

    /// <summary>Whether enough has happened since the last state was stored that it is worth another.</summary>
    public bool IsWorthStoring(int walked) => jumps - jumpsBefore >= 2 && walked - walkedBefore >= 8;

    /// <summary>Whether a loop goes round so fast that most of its states are not worth keeping.</summary>
    public bool IsTightLoop(int walked) => jumps - jumpsBefore < 20 && walked - walkedBefore < 100;

    /// <summary>Keeps a copy of the state and makes it the state's parent.</summary>
    public void Store(int slot, ProgramState state, int walked, RefusalFactory refuse)
    {
        ProgramState stored = Rent();
        stored.CopyFrom(state);
        stored.Branches = 1;
        stored.IsKept = true;
        (stored.Hits, stored.Misses) = (0, 0);
        stored.Bytes = SizeOf(stored);
        bytes += stored.Bytes;
        if (bytes > limits.StateBytes)
            throw refuse($"the states of the paths take more than {limits.StateBytes >> 20} MiB");
        (bySlot[slot] ??= []).Add(stored);
        Peak = Math.Max(Peak, ++count);
        state.Parent = stored;
        state.Depth = stored.Depth + 1;
        state.LoopEntry = null;
        state.Steps.Clear();
        (jumpsBefore, walkedBefore) = (jumps, walked);
    }

    /// <summary>Ends a path: states that no other path started from are complete.</summary>
    public static void EndPath(ProgramState state, Precision precision)
    {
        for (ProgramState? parent = state.Parent; parent is not null && --parent.Branches == 0; parent = parent.Parent)
        {
            if (parent.BackEdges is not { } edges)
                continue;
            for (bool isNew = true; isNew;)
            {
                isNew = false;
                foreach (ProgramState edge in edges)
                    isNew |= precision.TakeOver(parent, edge);
            }
            parent.BackEdges = null;
        }
    }

    /// <summary>Forgets a state that was compared often and rarely covered another (kernel: <c>is_state_visited</c>).</summary>
    public void Evict(int slot, int index)
    {
        List<ProgramState> list = bySlot[slot]!;
        ProgramState evicted = list[index];
        list[index] = list[^1];
        list.RemoveAt(list.Count - 1);
        count--;
        bytes -= evicted.Bytes;
    }

    private static long SizeOf(ProgramState state)
    {
        long size = 256 + 8L * state.Steps.Count;
        for (int i = 0; i <= state.Current; i++)
            size += FrameBytes + state.Frames[i].Depth / FrameState.SlotSize * StackSlotBytes;
        return size;
    }
}

/// <summary>Makes the refusal that the analysis takes too much.</summary>
internal delegate Code.RefusalException RefusalFactory(string message);
