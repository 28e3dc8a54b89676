using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    /// <summary>Writes the check of an access, where it needs one. Returns the address to use. The flags are lost.</summary>
    private X64Address EmitCheck(int index, MemoryAccess access)
    {
        var address = new X64Address(Of(access.Base), access.Offset);
        if (!TryGetCheck(index, access, out AccessCheck check))
            return address;
        if (access.IsAtomic && access.Size > 1)
            EmitAlignmentCheck(index, access, address);
        EmitRegionCheck(index, access.Base, check);
        if (!Options.MasksAddresses)
            return address;
        EmitMask(address, access.Size);
        return new X64Address(Scratch, 0);
    }

    private void EmitRegionCheck(int index, Register @base, AccessCheck check)
    {
        int remembered = NextRemembered();
        code.Load(X64Width.DoubleWord, Scratch2, OfState(remembered));
        code.Alu(X64Alu.Add, true, Scratch2, OfState(ExecutionState.RegionsOffset));
        code.LoadAddress(true, Scratch, new X64Address(Of(@base), check.Low));
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
        AddSlowCheck(new SlowCheck(index, @base, check, remembered, wraps, outside, readOnly, code.Position));
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

    protected override void EmitSlowCheck(SlowCheck slow, int careful)
    {
        code.Bind(slow.Outside, code.Position);
        if (slow.Wraps != 0)
            code.Bind(slow.Wraps, code.Position);
        if (slow.ReadOnly != 0)
            code.Bind(slow.ReadOnly, code.Position);
        code.LoadAddress(true, Scratch, new X64Address(Of(slow.Base), slow.Check.Low));
        code.Move(Scratch2, (uint)slow.Check.Size | (slow.Check.Writes ? ExecutionState.WriteFlag : 0));
        if (slow.IsShared)
        {
            BindRoutineLater(code.CallForward(), Routine.SearchRegion);
            code.Test(false, Scratch2, Scratch2);
            code.JumpIf(X64Condition.Sign, careful);
        }
        else
        {
            BindRoutineLater(code.CallForward(), Routine.FindRegion);
            code.Test(false, Scratch2, Scratch2);
            AddFault(code.JumpIfForward(X64Condition.Sign), FaultKind.BadAccess, slow.Index);
        }
        code.Store(X64Width.DoubleWord, OfState(slow.Remembered), Scratch2);
        if (Options.MasksAddresses)
            EmitChecked(slow);
        code.Jump(slow.Back);
    }

    // The mask compares again what the check has left, which the routine did not keep.
    private void EmitChecked(SlowCheck slow)
    {
        code.Alu(X64Alu.Add, true, Scratch2, OfState(ExecutionState.RegionsOffset));
        code.LoadAddress(true, Scratch, new X64Address(Of(slow.Base), slow.Check.Low));
        code.Alu(X64Alu.Sub, true, Scratch, new X64Address(Scratch2, MemoryRegion.StartOffset));
        if (slow.Check.Size > 1)
            code.Alu(X64Alu.Add, true, Scratch, slow.Check.Size);
    }
}
