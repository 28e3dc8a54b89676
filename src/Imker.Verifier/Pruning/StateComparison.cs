using Imker.Verifier.State;

namespace Imker.Verifier.Pruning;

/// <summary>How much alike two states must be.</summary>
internal enum Likeness
{
    /// <summary>What was accepted from the older state is acceptable from the newer.</summary>
    Covered,

    /// <summary>The newer state's ranges are within the older one's, of all registers whether they matter or not.</summary>
    Within,

    /// <summary>They are the same.</summary>
    Same,
}

/// <summary>Whether an older state covers a newer one (kernel: <c>states_equal</c>).</summary>
internal sealed class StateComparison(bool isPrivileged)
{
    private readonly IdMap ids = new();

    /// <param name="live">For each slot the registers that are still read from there.</param>
    public bool IsCovered(ProgramState old, ProgramState current, int slot, ushort[] live, Likeness likeness)
    {
        if (old.Current != current.Current || old.LockId == 0 != (current.LockId == 0) || !ReferenceEquals(old.LockTarget, current.LockTarget)
            || old.RcuDepth != current.RcuDepth || old.PreemptDepth != current.PreemptDepth || old.IsInSleepable != current.IsInSleepable
            || old.References.Count != current.References.Count)
            return false;
        ids.Clear();
        for (int i = 0; i <= old.Current; i++)
        {
            FrameState before = old.Frames[i], after = current.Frames[i];
            if (before.CallSite != after.CallSite || before.Function != after.Function || before.IsCallback != after.IsCallback || before.CallbackDepth > after.CallbackDepth)
                return false;
            int at = i == old.Current ? slot : old.Frames[i + 1].CallSite;
            ushort needed = i == old.Current ? live[at] : AtCall(live, at, old.Frames[i + 1]);
            if (!AreRegistersCovered(before, after, needed, likeness) || !IsStackCovered(before, after, likeness))
                return false;
        }
        return AreReferencesAlike(old, current);
    }

    // What a caller still reads is what is read behind the call; R0 to R5 are the callee's.
    private static ushort AtCall(ushort[] live, int call, FrameState callee) =>
        callee.IsCallback ? (ushort)(live[call] | (call + 1 < live.Length ? live[call + 1] : 0)) : call + 1 < live.Length ? (ushort)(live[call + 1] & ~0x3f) : (ushort)0;

    private bool AreReferencesAlike(ProgramState old, ProgramState current)
    {
        if (!ids.Match(old.LockId, current.LockId) || !ids.Match(old.IrqId, current.IrqId))
            return false;
        for (int i = 0; i < old.References.Count; i++)
        {
            if (!ids.Match(old.References[i].Id, current.References[i].Id))
                return false;
        }
        return true;
    }

    private bool AreRegistersCovered(FrameState old, FrameState current, ushort needed, Likeness likeness)
    {
        for (int i = 0; i < 10; i++)
        {
            if ((needed & 1 << i) != 0 && !IsCovered(old.Registers[i], current.Registers[i], likeness))
                return false;
        }
        return true;
    }

    private bool IsCovered(in RegisterState old, in RegisterState current, Likeness likeness)
    {
        if (likeness == Likeness.Same)
            return AreSame(old, current);
        if (old.Kind == RegisterKind.Unset)
            return likeness == Likeness.Covered || current.Kind == RegisterKind.Unset;
        if (old.Kind != current.Kind)
            return false;
        if (old.IsScalar)
            return IsNumberCovered(old, current, likeness);
        if (old.Flags != current.Flags || !ReferenceEquals(old.Target, current.Target) || old.TypeId != current.TypeId)
            return false;
        switch (old.Kind)
        {
            case RegisterKind.Arena:
                return true;
            case RegisterKind.MapValue or RegisterKind.MapKey or RegisterKind.Memory or RegisterKind.Buffer or RegisterKind.TracepointBuffer:
                return old.Offset == current.Offset && old.Range == current.Range && old.Number.Contains(current.Number)
                    && ids.Match(old.Id, current.Id) && ids.Match(old.ReferenceId, current.ReferenceId);
            case RegisterKind.Packet or RegisterKind.PacketMeta:
                return old.Range <= current.Range && old.Offset == current.Offset && ids.Match(old.Id, current.Id) && old.Number.Contains(current.Number);
            default:
                return AreSame(old, current);
        }
    }

    private bool IsNumberCovered(in RegisterState old, in RegisterState current, Likeness likeness)
    {
        if (!old.IsPrecise && likeness == Likeness.Covered)
            return true;
        return old.Has(PointerFlags.Delta) == current.Has(PointerFlags.Delta) && (!old.Has(PointerFlags.Delta) || old.Offset == current.Offset)
            && old.Number.Contains(current.Number) && ids.MatchScalars(old.Id, current.Id);
    }

    private bool AreSame(in RegisterState old, in RegisterState current) =>
        old.Kind == current.Kind && old.Flags == current.Flags && old.Offset == current.Offset && old.Range == current.Range && old.Frame == current.Frame
        && old.TypeId == current.TypeId && ReferenceEquals(old.Target, current.Target) && old.Number.Equals(current.Number)
        && (old.IsScalar ? ids.MatchScalars(old.Id, current.Id) : ids.Match(old.Id, current.Id)) && ids.Match(old.ReferenceId, current.ReferenceId);

    private bool IsStackCovered(FrameState old, FrameState current, Likeness likeness)
    {
        if (likeness != Likeness.Covered && old.Depth != current.Depth)
            return false;
        int slots = old.Depth / FrameState.SlotSize;
        for (int i = 0; i < slots; i++)
        {
            if (!IsSlotCovered(old, current, i, likeness))
                return false;
        }
        return true;
    }

    private bool IsSlotCovered(FrameState old, FrameState current, int slot, Likeness likeness)
    {
        bool isThere = (slot + 1) * FrameState.SlotSize <= current.Depth;
        if (TryGetNumber(old, slot, out RegisterState oldNumber) && isThere && TryGetNumber(current, slot, out RegisterState number))
            return IsCovered(oldNumber, number, likeness);
        for (int b = slot * FrameState.SlotSize; b < (slot + 1) * FrameState.SlotSize; b++)
        {
            var was = (SlotKind)old.Bytes[b];
            if (was == SlotKind.Unset && likeness == Likeness.Covered)
                continue;
            if (was == SlotKind.Data && isPrivileged && likeness != Likeness.Same)
                continue;
            if (!isThere)
                return false;
            var now = (SlotKind)current.Bytes[b];
            if (was != now && !(was == SlotKind.Data && now == SlotKind.Zero && likeness != Likeness.Same))
                return false;
        }
        if (!isThere)
            return true;
        if (old.IsSpill(slot) && !IsCovered(old.Spills[slot], current.Spills[slot], likeness))
            return false;
        return (SlotKind)old.Bytes[slot * FrameState.SlotSize] is not (SlotKind.Dynptr or SlotKind.Iterator or SlotKind.IrqFlag)
            || AreObjectsAlike(old.Objects[slot], current.Objects[slot]);
    }

    // A slot of plain data is a number of which nothing is known.
    private bool TryGetNumber(FrameState frame, int slot, out RegisterState number)
    {
        if (frame.IsWholeSpill(slot))
        {
            number = frame.Spills[slot];
            return number.IsScalar;
        }
        number = RegisterState.UnknownScalar;
        bool hasData = false;
        for (int b = slot * FrameState.SlotSize; b < (slot + 1) * FrameState.SlotSize; b++)
        {
            var kind = (SlotKind)frame.Bytes[b];
            if (kind != SlotKind.Data && !(kind == SlotKind.Unset && isPrivileged))
                return false;
            hasData |= kind == SlotKind.Data;
        }
        return hasData;
    }

    private bool AreObjectsAlike(in SlotObject old, in SlotObject current) =>
        old.Kind == current.Kind && old.IsFirst == current.IsFirst && old.IsReadOnly == current.IsReadOnly && old.IsDrained == current.IsDrained
        && old.Name == current.Name && ids.Match(old.Id, current.Id) && ids.Match(old.ReferenceId, current.ReferenceId);
}
