namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    /// <summary>Sites that share the remembered regions; each remembers the one that it found last.</summary>
    private const int RememberedRegions = ExecutionState.RememberedRegions;

    private readonly List<SlowCheck> slowChecks = [];
    private readonly Dictionary<int, int> carefulPositions = [];
    private int checkCount;

    /// <summary>
    /// Writes the check of an access, where it needs one. Returns the address to use. The flags are lost.
    /// </summary>
    private X64Address EmitCheck(int index, MemoryAccess access)
    {
        var address = new X64Address(Of(access.Base), access.Offset);
        AccessKind kind = plan?.KindOf(index) ?? AccessKind.None;
        if (kind is AccessKind.None or AccessKind.InFrame)
            return address;
        if (options.MasksAddresses || isCareful)
            kind = AccessKind.Checked;
        if (kind == AccessKind.Covered)
            return address;
        bool isShared = !options.MasksAddresses && !isCareful && plan!.CheckOf(index).Last > index;
        AccessCheck check = isShared
            ? plan!.CheckOf(index)
            : new AccessCheck(access.Offset, access.Offset + access.Size, access.Writes, index);
        if (isCareful)
            carefulPositions.TryAdd(index, code.Position);
        if (access.IsAtomic && access.Size > 1)
            EmitAlignmentCheck(index, access, address);
        EmitRegionCheck(index, Of(access.Base), check, isShared);
        if (!options.MasksAddresses)
            return address;
        EmitMask(address, access.Size);
        return new X64Address(Scratch, 0);
    }

    private void EmitRegionCheck(int index, X64Register @base, AccessCheck check, bool isShared)
    {
        int remembered = ExecutionState.RememberedOffset + checkCount++ % RememberedRegions * sizeof(int);
        code.Load(X64Width.DoubleWord, Scratch2, OfState(remembered));
        code.Alu(X64Alu.Add, true, Scratch2, OfState(ExecutionState.RegionsOffset));
        code.LoadAddress(true, Scratch, new X64Address(@base, check.Low));
        code.Alu(X64Alu.Sub, true, Scratch, new X64Address(Scratch2, MemoryRegion.StartOffset));
        int wraps = 0, outside;
        if (check.Size == 1)
        {
            code.Alu(X64Alu.Cmp, true, Scratch, new X64Address(Scratch2, MemoryRegion.LengthOffset));
            outside = code.JumpIfForward(X64Condition.AboveOrEqual);
        }
        else
        {
            code.Alu(X64Alu.Add, true, Scratch, check.Size);
            wraps = code.JumpIfForward(X64Condition.Below);
            code.Alu(X64Alu.Cmp, true, Scratch, new X64Address(Scratch2, MemoryRegion.LengthOffset));
            outside = code.JumpIfForward(X64Condition.Above);
        }
        int readOnly = 0;
        if (check.Writes)
        {
            code.TestByte(new X64Address(Scratch2, MemoryRegion.AccessOffset), (byte)RegionAccess.Write);
            readOnly = code.JumpIfForward(X64Condition.Equal);
        }
        slowChecks.Add(new SlowCheck(index, @base, check, isShared, remembered, wraps, outside, readOnly, code.Position));
    }

    private void EmitAlignmentCheck(int index, MemoryAccess access, X64Address address)
    {
        code.LoadAddress(false, Scratch, address);
        code.Test(false, Scratch, access.Size - 1);
        AddFault(code.JumpIfForward(X64Condition.NotEqual), FaultKind.Misaligned, index);
    }

    /// <summary>The address in the scratch register, or zero where a processor speculates past a check that fails.</summary>
    private void EmitMask(X64Address address, int size)
    {
        // The check has left the distance of the end, and the region, in the scratch registers.
        code.Alu(X64Alu.Cmp, true, Scratch, new X64Address(Scratch2, MemoryRegion.LengthOffset));
        code.LoadAddress(true, Scratch, address);
        code.Move(Scratch2, 0);
        code.ConditionalMove(size == 1 ? X64Condition.AboveOrEqual : X64Condition.Above, true, Scratch, Scratch2);
    }

    /// <summary>The stretches whose shared checks may fail, with a check for each access.</summary>
    private void EmitCarefulCopies()
    {
        if (plan is null || options.MasksAddresses)
            return;
        isCareful = true;
        foreach ((int first, int last) in plan.Clusters)
        {
            EmitRange(first, last + 1);
            code.Reserve(X64Assembler.LongestForm);
            code.Jump(positions[last + 1]);
        }
        isCareful = false;
    }

    private void EmitSlowChecks()
    {
        foreach (SlowCheck slow in slowChecks)
        {
            code.Reserve(LongestInstruction);
            slow.BindHere(code);
            code.LoadAddress(true, Scratch, new X64Address(slow.Base, slow.Check.Low));
            code.Move(Scratch2, (uint)slow.Check.Size | (slow.Check.Writes ? ExecutionState.WriteFlag : 0));
            if (slow.IsShared)
            {
                routineCalls.Add((code.CallForward(), Routine.SearchRegion));
                code.Test(false, Scratch2, Scratch2);
                code.JumpIf(X64Condition.Sign, carefulPositions[slow.Index]);
            }
            else
            {
                code.Store(X64Width.DoubleWord, OfState(ExecutionState.FaultSlotOffset), shape.SlotOf(slow.Index));
                routineCalls.Add((code.CallForward(), Routine.FindRegion));
            }
            code.Store(X64Width.DoubleWord, OfState(slow.Remembered), Scratch2);
            if (options.MasksAddresses)
                EmitChecked(slow);
            code.Jump(slow.Back);
        }
    }

    // The mask compares again what the check has left, which the routine did not keep.
    private void EmitChecked(SlowCheck slow)
    {
        code.Alu(X64Alu.Add, true, Scratch2, OfState(ExecutionState.RegionsOffset));
        code.LoadAddress(true, Scratch, new X64Address(slow.Base, slow.Check.Low));
        code.Alu(X64Alu.Sub, true, Scratch, new X64Address(Scratch2, MemoryRegion.StartOffset));
        if (slow.Check.Size > 1)
            code.Alu(X64Alu.Add, true, Scratch, slow.Check.Size);
    }

    /// <summary>What is left to write for a check: where it goes when the remembered region is not the right one, and comes back.</summary>
    private readonly record struct SlowCheck(
        int Index, X64Register Base, AccessCheck Check, bool IsShared, int Remembered, int Wraps, int Outside, int ReadOnly, int Back)
    {
        public void BindHere(X64Assembler code)
        {
            int here = code.Position;
            code.Bind(Outside, here);
            if (Wraps != 0)
                code.Bind(Wraps, here);
            if (ReadOnly != 0)
                code.Bind(ReadOnly, here);
        }
    }
}
