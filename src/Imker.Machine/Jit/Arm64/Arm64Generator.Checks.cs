using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    /// <summary>Writes the check of an access, where it needs one. Returns the address to use.</summary>
    private (Arm64Register Base, int Displacement) EmitCheck(int index, MemoryAccess access)
    {
        Arm64Register @base = Of(access.Base);
        if (!TryGetCheck(index, access, out AccessCheck check))
            return (@base, access.Offset);
        if (access.IsAtomic && access.Size > 1)
            EmitAlignmentCheck(index, access);
        EmitRegionCheck(index, access.Base, check);
        if (!Options.MasksAddresses)
            return (@base, access.Offset);
        EmitMask(access);
        return (Scratch, 0);
    }

    private void EmitRegionCheck(int index, Register @base, AccessCheck check)
    {
        int remembered = NextRemembered();
        LoadStateWord(Scratch2, remembered);
        LoadState(Scratch3, ExecutionState.RegionsOffset);
        code.Alu(Arm64Alu.Add, true, Scratch2, Scratch2, Scratch3);
        code.Load(Arm64Width.DoubleWord, Scratch3, Scratch2, MemoryRegion.StartOffset);
        EmitSum(Scratch, Of(@base), check.Low);
        code.Alu(Arm64Alu.Subtract, true, Scratch, Scratch, Scratch3);
        code.Load(Arm64Width.DoubleWord, Scratch3, Scratch2, MemoryRegion.LengthOffset);
        EmitSum(Scratch4, Scratch, check.Size);
        // The sum may have gone over the end of all numbers.
        code.Compare(true, Scratch4, Scratch);
        int wraps = BranchFarIf(Arm64Condition.UnsignedLess);
        code.Compare(true, Scratch4, Scratch3);
        int outside = BranchFarIf(Arm64Condition.UnsignedGreater), readOnly = 0;
        if (check.Writes)
        {
            code.Load(Arm64Width.Word, Scratch2, Scratch2, MemoryRegion.AccessOffset);
            code.ShiftRight(false, Scratch2, Scratch2, 1);
            readOnly = BranchFarIfZero(Scratch2);
        }
        AddSlowCheck(new SlowCheck(index, @base, check, remembered, wraps, outside, readOnly, code.Position));
    }

    private void EmitAlignmentCheck(int index, MemoryAccess access)
    {
        EmitSum(Scratch, Of(access.Base), access.Offset);
        code.Move(Scratch2, access.Size - 1);
        code.Alu(Arm64Alu.AndFlags, true, Arm64Register.Zero, Scratch, Scratch2);
        AddFault(BranchFarIf(Arm64Condition.NotEqual), FaultKind.Misaligned, index);
    }

    /// <summary>The address in the first scratch register, or zero where a processor speculates past a check that fails.</summary>
    private void EmitMask(MemoryAccess access)
    {
        // The check has left the end's distance and the length.
        code.Compare(true, Scratch4, Scratch3);
        EmitSum(Scratch, Of(access.Base), access.Offset);
        code.Select(Arm64Condition.UnsignedGreater, Scratch, Arm64Register.Zero, Scratch);
    }

    protected override void EmitSlowCheck(SlowCheck slow, int careful)
    {
        code.Bind(slow.Outside, code.Position);
        code.Bind(slow.Wraps, code.Position);
        if (slow.ReadOnly != 0)
            code.Bind(slow.ReadOnly, code.Position);
        EmitSum(Scratch, Of(slow.Base), slow.Check.Low);
        code.Move(Scratch2, (uint)slow.Check.Size | (slow.Check.Writes ? ExecutionState.WriteFlag : 0));
        if (slow.IsShared)
        {
            BindRoutineLater(code.BranchLink(), Routine.SearchRegion);
            code.TryCompare(false, Scratch2, 0);
            int found = code.BranchIf(Arm64Condition.PositiveOrZero);
            code.Branch(careful);
            code.Bind(found, code.Position);
        }
        else
        {
            BindRoutineLater(code.BranchLink(), Routine.FindRegion);
            code.TryCompare(false, Scratch2, 0);
            AddFault(BranchFarIf(Arm64Condition.Negative), FaultKind.BadAccess, slow.Index);
        }
        StoreStateWord(slow.Remembered, Scratch2);
        if (Options.MasksAddresses)
            EmitChecked(slow);
        code.Branch(slow.Back);
    }

    // The mask compares again what the check has left, which the routine did not keep.
    private void EmitChecked(SlowCheck slow)
    {
        LoadState(Scratch3, ExecutionState.RegionsOffset);
        code.Alu(Arm64Alu.Add, true, Scratch2, Scratch2, Scratch3);
        code.Load(Arm64Width.DoubleWord, Scratch3, Scratch2, MemoryRegion.StartOffset);
        EmitSum(Scratch, Of(slow.Base), slow.Check.High);
        code.Alu(Arm64Alu.Subtract, true, Scratch4, Scratch, Scratch3);
        code.Load(Arm64Width.DoubleWord, Scratch3, Scratch2, MemoryRegion.LengthOffset);
    }

    /// <summary>A branch to what stands behind all functions, wherever that is; the returned position is for binding.</summary>
    private int BranchFarIf(Arm64Condition condition)
    {
        if (!isLong)
            return code.BranchIf(condition);
        code.BranchIf((Arm64Condition)((int)condition ^ 1), code.Position + 2 * Arm64Assembler.WordSize);
        return code.Branch();
    }

    private int BranchFarIfZero(Arm64Register register)
    {
        if (!isLong)
            return code.BranchIfZero(false, register);
        code.BranchIfNotZero(false, register, code.Position + 2 * Arm64Assembler.WordSize);
        return code.Branch();
    }
}
