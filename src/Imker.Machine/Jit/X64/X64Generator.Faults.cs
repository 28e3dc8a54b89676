using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    protected override void EmitFault(FaultExit fault)
    {
        code.Bind(fault.Reference, code.Position);
        // A callback that faulted has noted it already.
        code.Alu(X64Alu.Cmp, false, OfState(ExecutionState.FaultSlotOffset), 0);
        int isNoted = code.JumpIfShort(X64Condition.GreaterOrEqual);
        code.Store(X64Width.DoubleWord, OfState(ExecutionState.FaultSlotOffset), Shape.SlotOf(fault.Index));
        code.BindShort(isNoted);
        if (fault.Kind == FaultKind.None)
        {
            FetchBudget();
            BindRoutineLater(code.JumpForward(), Routine.HelperFault);
            return;
        }
        code.Store(X64Width.DoubleWord, OfState(ExecutionState.FaultOffset), (int)fault.Kind);
        if (fault.Kind == FaultKind.Misaligned)
            EmitFaultOfAccess(Shape.Instructions[fault.Index]);
        BindRoutineLater(code.JumpForward(), Routine.Fault);
    }

    private void EmitFaultOfAccess(in Instruction instruction)
    {
        MemoryAccess.TryGet(instruction, out MemoryAccess access);
        code.LoadAddress(true, Scratch, new X64Address(Of(access.Base), access.Offset));
        code.Store(X64Width.QuadWord, OfState(ExecutionState.FaultAddressOffset), Scratch);
        uint size = (uint)access.Size | (access.Writes ? ExecutionState.WriteFlag : 0);
        code.Store(X64Width.DoubleWord, OfState(ExecutionState.FaultSizeOffset), (int)size);
    }

    protected override void EmitRoutines(Span<int> places)
    {
        if (Unwinds)
        {
            code.Reserve(LongestInstruction);
            places[(int)Routine.Fault] = code.Position;
            StoreRegisters(Register.R1, Register.R5);
            places[(int)Routine.HelperFault] = code.Position;
            StoreRegisters(Register.R0, Register.R0);
            StoreRegisters(Register.R6, Register.R10);
            places[(int)Routine.Unwind] = code.Position;
            EmitUnwinding();
        }
        if (!Options.IsChecked)
            return;
        places[(int)Routine.ClearFrame] = code.Position;
        EmitClearFrame();
        places[(int)Routine.SearchRegion] = code.Position;
        EmitSearchRegion();
        places[(int)Routine.FindRegion] = code.Position;
        EmitFindRegion(places);
    }

    private void EmitUnwinding()
    {
        code.Load(X64Width.QuadWord, X64Register.Rsp, OfState(ExecutionState.StackPointerOffset));
        code.Jump(leave);
    }

    private void KeepBudget()
    {
        if (HasBudget)
            code.Store(X64Width.QuadWord, OfState(ExecutionState.BudgetOffset), Budget);
    }

    private void FetchBudget()
    {
        if (HasBudget)
            code.Load(X64Width.QuadWord, Budget, OfState(ExecutionState.BudgetOffset));
    }

    /// <summary>Those that the program uses; the others are in the state as they were at the start.</summary>
    private void StoreRegisters(Register first, Register last)
    {
        for (Register register = first; register <= last; register++)
        {
            if (IsHeld(register))
                code.Store(X64Width.QuadWord, OfRegister(register), Of(register));
        }
    }

    private void EmitClearFrame()
    {
        code.Reserve(ExecutionState.FrameSize);
        code.ClearVector();
        for (int offset = -ExecutionState.FrameSize; offset < 0; offset += X64Assembler.VectorSize)
            code.StoreVector(new X64Address(Of(Register.R10), offset));
        code.Return();
    }

    /// <summary>
    /// Goes through the table from its end: address in the first scratch register, size and direction in the second, which gets the
    /// region's distance from the table's start.
    /// </summary>
    private void EmitSearchRegion()
    {
        const X64Register Table = X64Register.Rcx, Region = X64Register.Rdx, Size = X64Register.Rsi, Wanted = X64Register.Rdi;
        const X64Register End = X64Register.Rax;
        ReadOnlySpan<X64Register> used = [Table, Region, Size, Wanted, End];
        code.Reserve(LongestInstruction);
        foreach (X64Register register in used)
            code.Push(register);
        code.Move(false, Size, Scratch2);
        code.Alu(X64Alu.And, false, Size, int.MaxValue);
        // The direction's bit becomes the flag of reading or of writing.
        code.Move(false, Wanted, Scratch2);
        code.Shift(X64Shift.Right, false, Wanted, 31);
        code.Alu(X64Alu.Add, false, Wanted, (int)RegionAccess.Read);
        code.Load(X64Width.QuadWord, Table, OfState(ExecutionState.RegionsOffset));
        code.Load(X64Width.DoubleWord, Region, OfState(ExecutionState.RegionCountOffset));
        code.Shift(X64Shift.Left, false, Region, 5);
        int next = code.Position;
        code.Alu(X64Alu.Sub, false, Region, MemoryRegion.Size);
        int none = code.JumpIfShort(X64Condition.Sign);
        code.Move(true, End, Scratch);
        code.Alu(X64Alu.Sub, true, End, OfTable(MemoryRegion.StartOffset));
        code.Alu(X64Alu.Add, true, End, Size);
        code.JumpIf(X64Condition.Below, next);
        code.Alu(X64Alu.Cmp, true, End, OfTable(MemoryRegion.LengthOffset));
        code.JumpIf(X64Condition.Above, next);
        code.Load(X64Width.DoubleWord, End, OfTable(MemoryRegion.AccessOffset));
        code.Test(false, End, Wanted);
        code.JumpIf(X64Condition.Equal, next);
        code.BindShort(none);
        code.Move(false, Scratch2, Region);
        for (int i = used.Length; --i >= 0;)
            code.Pop(used[i]);
        code.Return();

        static X64Address OfTable(int offset) => new(Table, Region, 0, offset);
    }

    private void EmitFindRegion(ReadOnlySpan<int> places)
    {
        code.Reserve(LongestInstruction);
        code.Store(X64Width.QuadWord, OfState(ExecutionState.FaultAddressOffset), Scratch);
        code.Store(X64Width.DoubleWord, OfState(ExecutionState.FaultSizeOffset), Scratch2);
        int again = code.Position;
        EmitCallOf(places[(int)Routine.SearchRegion]);
        code.Test(false, Scratch2, Scratch2);
        int missing = code.JumpIfShort(X64Condition.Sign);
        int known = code.Position;
        code.Return();
        code.BindShort(missing);
        // Without helpers nothing can have been found that is not in the table.
        if (Shape.IsShort)
        {
            code.Return();
            return;
        }
        StoreRegisters(Register.R0, Register.R10);
        KeepBudget();
        EmitFindRegionCall();
        code.Move(false, Scratch2, X64Register.Rax);
        for (Register register = Register.R0; register <= Register.R5; register++)
        {
            if (IsHeld(register))
                code.Load(X64Width.QuadWord, Of(register), OfRegister(register));
        }
        FetchBudget();
        code.Test(false, Scratch2, Scratch2);
        code.Move(Scratch2, -1);
        code.JumpIf(X64Condition.Equal, known);
        code.Load(X64Width.QuadWord, Scratch, OfState(ExecutionState.FaultAddressOffset));
        code.Load(X64Width.DoubleWord, Scratch2, OfState(ExecutionState.FaultSizeOffset));
        code.Jump(again);
    }

    private void EmitFindRegionCall()
    {
        const int WindowsHome = 32;
        code.Move(true, X64Register.Rax, X64Register.Rsp);
        code.Alu(X64Alu.And, true, X64Register.Rsp, -16);
        code.Push(X64Register.Rax);
        code.Push(X64Register.Rax);
        if (features.IsWindows)
        {
            code.Alu(X64Alu.Sub, true, X64Register.Rsp, WindowsHome);
            code.Move(true, X64Register.Rcx, State);
            code.Move(true, X64Register.Rdx, Scratch);
            code.Load(X64Width.DoubleWord, X64Register.R8, OfState(ExecutionState.FaultSizeOffset));
        }
        else
        {
            code.Move(true, X64Register.Rdi, State);
            code.Move(true, X64Register.Rsi, Scratch);
            code.Load(X64Width.DoubleWord, X64Register.Rdx, OfState(ExecutionState.FaultSizeOffset));
        }
        code.Call(OfState(ExecutionState.FindRegionOffset));
        if (features.IsWindows)
            code.Alu(X64Alu.Add, true, X64Register.Rsp, WindowsHome);
        code.Pop(X64Register.Rsp);
    }

    private void EmitCallOf(int target) => code.Bind(code.CallForward(), target);
}
