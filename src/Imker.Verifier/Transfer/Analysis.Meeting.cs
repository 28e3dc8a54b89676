using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Pruning;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // A path that is longer than this between two stored states makes tracking back slow.
    private const int LongestTrail = 40;

    private StateComparison? comparison;

    private StateComparison Comparison => comparison ??= new StateComparison(target.IsPrivileged);

    /// <summary>Whether a state that was here before covers this one, so that the path need not be walked on (kernel: <c>is_state_visited</c>).</summary>
    private bool Meet()
    {
        bool isForced = flow.ForcedPoints[slot] || state.Steps.Count > LongestTrail;
        bool isStored = isForced || states.IsWorthStoring(Walked);
        List<ProgramState>? before = states.At(slot);
        for (int i = 0; before is not null && i < before.Count; i++)
        {
            ProgramState old = before[i];
            if (old.Branches > 0)
            {
                if (IsLoopClosed(old, isForced, ref isStored))
                    return true;
            }
            else if (IsCoveredBy(old))
            {
                return true;
            }
            if (!isStored)
                continue;
            int patience = isForced && old.Branches > 0 ? 64 : 3;
            if (++old.Misses > old.Hits * patience + patience)
                states.Evict(slot, i--);
        }
        if (isStored)
            states.Store(slot, state, Walked, message => Refuse(VerifierDiagnosticId.TooLarge, message));
        return false;
    }

    private bool IsCoveredBy(ProgramState old)
    {
        ProgramState? entry = old.LoopEntry;
        bool isOpen = entry is { Branches: > 0 };
        if (!Comparison.IsCovered(old, state, slot, flow.Live, isOpen ? Likeness.Within : Likeness.Covered))
            return false;
        old.Hits++;
        if (isOpen)
            NoteLoop(entry!);
        precision.TakeOver(old, state);
        return true;
    }

    // The old state is one of this path: the path has come back to where it was.
    private bool IsLoopClosed(ProgramState old, bool isForced, ref bool isStored)
    {
        Instruction here = code[slot];
        if (flow.ForcedPoints[slot])
        {
            bool mayConverge = here.IsMayGoto ? old.MayGotoDepth != state.MayGotoDepth : !here.IsCall || !IsIteratorCall() || IsIteratorActive();
            if (mayConverge && Comparison.IsCovered(old, state, slot, flow.Live, Likeness.Within))
            {
                old.Hits++;
                NoteLoop(old);
                precision.TakeOver(old, state);
                old.AddBackEdge(state);
                return true;
            }
            if (!here.IsMayGoto)
                return false;
        }
        if (old.MayGotoDepth == state.MayGotoDepth && old.CallbackUnrollDepth == state.CallbackUnrollDepth && !DoIteratorsDiffer(old)
            && Comparison.IsCovered(old, state, slot, flow.Live, Likeness.Same))
            Fail(VerifierDiagnosticId.EndlessLoop, $"infinite loop detected at instruction {slot}: a round of the loop changes nothing that its condition depends on");
        if (!isForced && states.IsTightLoop(Walked))
            isStored = false;
        return false;
    }

    // States between the loop's start and here are not complete before the loop is.
    private void NoteLoop(ProgramState entry)
    {
        for (ProgramState? parent = state.Parent; parent is not null && parent.Depth >= entry.Depth; parent = parent.Parent)
        {
            if (parent.LoopEntry is null || parent.LoopEntry.Branches == 0 || parent.LoopEntry.Depth > entry.Depth)
                parent.LoopEntry = entry;
        }
    }

    private bool IsIteratorCall() => code.OperandAt(slot) is KfuncReference;

    private bool IsIteratorActive()
    {
        ref readonly RegisterState iterator = ref registers[1];
        if (iterator.Kind != RegisterKind.Stack)
            return true;
        FrameState of = state.Frames[iterator.Frame];
        int at = -(iterator.Offset + (int)iterator.Number.Value) / FrameState.SlotSize - 1;
        return at < 0 || at >= of.Depth / FrameState.SlotSize || !of.Objects[at].IsDrained;
    }

    private bool DoIteratorsDiffer(ProgramState old)
    {
        for (int f = 0; f <= old.Current; f++)
        {
            FrameState was = old.Frames[f], now = state.Frames[f];
            for (int i = 0; i < Math.Min(was.Depth, now.Depth) / FrameState.SlotSize; i++)
            {
                if (was.Objects[i].Kind == SlotObjectKind.Iterator && now.Objects[i].Kind == SlotObjectKind.Iterator && was.Objects[i].Depth != now.Objects[i].Depth)
                    return true;
            }
        }
        return false;
    }
}
