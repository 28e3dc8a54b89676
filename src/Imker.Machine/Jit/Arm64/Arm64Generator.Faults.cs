using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    protected override void EmitFault(FaultExit fault)
    {
        code.Bind(fault.Reference, code.Position);
        // A callback that faulted has noted it already.
        LoadStateWord(Scratch, ExecutionState.FaultSlotOffset);
        code.TryCompare(false, Scratch, 0);
        int isNoted = code.BranchIf(Arm64Condition.SignedGreaterOrEqual);
        code.Move(Scratch, Shape.SlotOf(fault.Index));
        StoreStateWord(ExecutionState.FaultSlotOffset, Scratch);
        code.Bind(isNoted, code.Position);
        if (fault.Kind == FaultKind.None)
        {
            if (HasBudget)
                LoadState(Budget, ExecutionState.BudgetOffset);
            BindRoutineLater(code.Branch(), Routine.HelperFault);
            return;
        }
        code.Move(Scratch, (int)fault.Kind);
        StoreStateWord(ExecutionState.FaultOffset, Scratch);
        if (fault.Kind == FaultKind.Misaligned)
            EmitFaultOfAccess(Shape.Instructions[fault.Index]);
        BindRoutineLater(code.Branch(), Routine.Fault);
    }

    private void EmitFaultOfAccess(in Instruction instruction)
    {
        MemoryAccess.TryGet(instruction, out MemoryAccess access);
        EmitSum(Scratch, Of(access.Base), access.Offset);
        StoreState(ExecutionState.FaultAddressOffset, Scratch);
        code.Move(Scratch, (uint)access.Size | (access.Writes ? ExecutionState.WriteFlag : 0));
        StoreStateWord(ExecutionState.FaultSizeOffset, Scratch);
    }

    protected override void EmitRoutines(Span<int> places)
    {
        code.Reserve(LongestInstruction);
        places[(int)Routine.Fault] = code.Position;
        StoreRegisters(Register.R1, Register.R5);
        places[(int)Routine.HelperFault] = code.Position;
        StoreRegisters(Register.R0, Register.R0);
        StoreRegisters(Register.R6, Register.R10);
        places[(int)Routine.Unwind] = code.Position;
        code.Branch(leave);
        if (!Options.IsChecked)
            return;
        places[(int)Routine.ClearFrame] = code.Position;
        EmitClearFrame();
        places[(int)Routine.SearchRegion] = code.Position;
        EmitSearchRegion();
        places[(int)Routine.FindRegion] = code.Position;
        EmitFindRegion(places);
    }

    /// <summary>Those that the program uses; the others are in the state as they were at the start.</summary>
    private void StoreRegisters(Register first, Register last)
    {
        for (Register register = first; register <= last; register++)
        {
            if (IsHeld(register))
                StoreState(ExecutionState.RegistersOffset + (int)register * sizeof(ulong), Of(register));
        }
    }

    private void EmitClearFrame()
    {
        const int PairSize = 16;
        code.Reserve(LongestInstruction);
        for (int offset = -ExecutionState.FrameSize; offset < 0; offset += PairSize)
            code.StorePair(Arm64Register.Zero, Arm64Register.Zero, Of(Register.R10), offset);
        code.Return();
    }

    /// <summary>
    /// Goes through the table from its end: address in the first scratch register, size and direction in the second, which gets the
    /// region's distance from the table's start. Besides the scratch registers, uses some that no code of ours holds a value in.
    /// </summary>
    private void EmitSearchRegion()
    {
        const Arm64Register Table = Arm64Register.X13, Region = Arm64Register.X14, Size = Arm64Register.X15, Wanted = Arm64Register.X16;
        const Arm64Register End = Arm64Register.X17, Length = Scratch4, Entry = Scratch3;
        code.Reserve(LongestInstruction);
        code.ShiftLeft(false, Size, Scratch2, 1);
        code.ShiftRight(false, Size, Size, 1);
        // The direction's bit becomes the flag of reading or of writing.
        code.ShiftRight(false, Wanted, Scratch2, 31);
        code.AddConstant(false, Wanted, Wanted, (int)RegionAccess.Read);
        LoadState(Table, ExecutionState.RegionsOffset);
        LoadStateWord(Region, ExecutionState.RegionCountOffset);
        code.ShiftLeft(false, Region, Region, 5);
        int next = code.Position;
        code.Move(Entry, MemoryRegion.Size);
        code.Alu(Arm64Alu.SubtractFlags, false, Region, Region, Entry);
        int none = code.BranchIf(Arm64Condition.Negative);
        code.Alu(Arm64Alu.Add, true, Entry, Table, Region);
        code.Load(Arm64Width.DoubleWord, Length, Entry, MemoryRegion.StartOffset);
        code.Alu(Arm64Alu.Subtract, true, Length, Scratch, Length);
        code.Alu(Arm64Alu.Add, true, End, Length, Size);
        code.Compare(true, End, Length);
        code.BranchIf(Arm64Condition.UnsignedLess, next);
        code.Load(Arm64Width.DoubleWord, Length, Entry, MemoryRegion.LengthOffset);
        code.Compare(true, End, Length);
        code.BranchIf(Arm64Condition.UnsignedGreater, next);
        code.Load(Arm64Width.Word, Entry, Entry, MemoryRegion.AccessOffset);
        code.Alu(Arm64Alu.AndFlags, false, Arm64Register.Zero, Entry, Wanted);
        code.BranchIf(Arm64Condition.Equal, next);
        code.Bind(none, code.Position);
        code.Move(false, Scratch2, Region);
        code.Return();
    }

    private void EmitFindRegion(ReadOnlySpan<int> places)
    {
        code.Reserve(LongestInstruction);
        code.PushPair(Arm64Register.FramePointer, Arm64Register.Link);
        StoreState(ExecutionState.FaultAddressOffset, Scratch);
        StoreStateWord(ExecutionState.FaultSizeOffset, Scratch2);
        int again = code.Position;
        code.BranchLink(places[(int)Routine.SearchRegion]);
        code.TryCompare(false, Scratch2, 0);
        int missing = code.BranchIf(Arm64Condition.Negative);
        int known = code.Position;
        code.PopPair(Arm64Register.FramePointer, Arm64Register.Link);
        code.Return();
        code.Bind(missing, code.Position);
        // Without helpers nothing can have been found that is not in the table.
        if (Shape.IsShort)
        {
            code.Branch(known);
            return;
        }
        StoreRegisters(Register.R0, Register.R10);
        code.Move(true, Arm64Register.X0, State);
        code.Move(true, Arm64Register.X1, Scratch);
        LoadStateWord(Arm64Register.X2, ExecutionState.FaultSizeOffset);
        LoadState(Scratch, ExecutionState.FindRegionOffset);
        code.BranchLinkTo(Scratch);
        code.Move(false, Scratch3, Arm64Register.X0);
        for (Register register = Register.R0; register <= Register.R5; register++)
        {
            if (IsHeld(register))
                LoadState(Of(register), ExecutionState.RegistersOffset + (int)register * sizeof(ulong));
        }
        code.Move(Scratch2, -1);
        code.BranchIfZero(false, Scratch3, known);
        LoadState(Scratch, ExecutionState.FaultAddressOffset);
        LoadStateWord(Scratch2, ExecutionState.FaultSizeOffset);
        code.Branch(again);
    }
}
