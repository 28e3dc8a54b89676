using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed unsafe partial class Arm64Generator
{
    protected override void EmitCallFunction(int index, int callee)
    {
        if (Options.IsChecked)
        {
            const int DeepestCaller = (ExecutionState.MaxDepth - 1) * ExecutionState.FrameSize;
            EmitSum(Scratch, Of(Register.R10), DeepestCaller);
            LoadState(Scratch2, ExecutionState.StackTopOffset);
            code.Compare(true, Scratch, Scratch2);
            AddFault(BranchFarIf(Arm64Condition.UnsignedLessOrEqual), FaultKind.TooDeep, index);
            EmitCost(Shape.Functions[callee].Slots);
            AddFault(BranchFarIf(Arm64Condition.Negative), FaultKind.OutOfBudget, index);
        }
        code.AddConstant(true, Of(Register.R10), Of(Register.R10), -ExecutionState.FrameSize);
        EmitGrowStackRegion(ExecutionState.FrameSize);
        BindFunctionLater(code.BranchLink(), callee);
        code.AddConstant(true, Of(Register.R10), Of(Register.R10), ExecutionState.FrameSize);
        EmitGrowStackRegion(-ExecutionState.FrameSize);
    }

    /// <summary>Lets checks allow what the frame of a callee adds, or no longer (<see cref="Processor.SetFrame"/>).</summary>
    private void EmitGrowStackRegion(int bytes)
    {
        if (!Options.IsChecked)
            return;
        const int Region = ExecutionState.StackRegion * MemoryRegion.Size;
        LoadState(Scratch, ExecutionState.RegionsOffset);
        EmitAddToMemory(Region + MemoryRegion.StartOffset, -bytes);
        EmitAddToMemory(Region + MemoryRegion.LengthOffset, bytes);

        void EmitAddToMemory(int displacement, int constant)
        {
            code.Load(Arm64Width.DoubleWord, Scratch2, Scratch, displacement);
            code.AddConstant(true, Scratch2, Scratch2, constant);
            code.Store(Arm64Width.DoubleWord, Scratch2, Scratch, displacement);
        }
    }

    protected override void EmitCallHelper(int index, MachineHelper helper)
    {
        BeginCallOut();
        if (helper.NeedsNumber)
        {
            code.Move(Scratch, helper.Number);
            StoreStateWord(ExecutionState.HelperNumberOffset, Scratch);
        }
        code.Move(Scratch, (long)helper.Native);
        EmitCallOut();
        EndCallOut(index);
    }

    /// <summary>Keeps what a helper may ask for or a fault in it reports.</summary>
    private void BeginCallOut()
    {
        if (HasBudget)
            StoreState(ExecutionState.BudgetOffset, Budget);
        if (Options.IsChecked)
            StoreRegisters(Register.R1, Register.R5);
        if (Options.IsChecked && Shape.HasCallbacks)
        {
            StoreRegisters(Register.R0, Register.R0);
            StoreRegisters(Register.R6, Register.R10);
        }
        if (!Shape.CallsFunctions && !Shape.CallsRegisters)
            return;
        // A helper that calls back goes on from this depth.
        LoadState(Scratch, ExecutionState.StackTopOffset);
        code.Alu(Arm64Alu.Subtract, true, Scratch, Scratch, Of(Register.R10));
        code.ShiftRight(true, Scratch, Scratch, 9);
        StoreStateWord(ExecutionState.DepthOffset, Scratch);
    }

    /// <summary>Calls what the first scratch register points to with R1 to R5 and the state.</summary>
    private void EmitCallOut()
    {
        code.Move(true, Arm64Register.X5, State);
        code.BranchLinkTo(Scratch);
        code.Move(true, Of(Register.R0), Arm64Register.X0);
    }

    private void EndCallOut(int index)
    {
        LoadStateWord(Scratch, ExecutionState.FaultOffset);
        code.TryCompare(false, Scratch, 0);
        AddFault(BranchFarIf(Arm64Condition.NotEqual), FaultKind.None, index);
        if (HasBudget)
            LoadState(Budget, ExecutionState.BudgetOffset);
        if (!Options.IsChecked)
            return;
        for (Register register = Register.R1; register <= Register.R5; register++)
            code.Move(Of(register), 0);
    }

    protected override void EmitCallRegister(int index, Register callee)
    {
        List<int> done = [];
        for (int i = 1; i < Shape.Functions.Length; i++)
        {
            code.Reserve(LongestInstruction);
            code.Move(Scratch2, (long)FunctionHandle.Of(Shape.SlotOf(Shape.Functions[i].Start)));
            code.Compare(true, Of(callee), Scratch2);
            int other = code.BranchIf(Arm64Condition.NotEqual);
            EmitCallFunction(index, i);
            done.Add(code.Branch());
            code.Bind(other, code.Position);
        }
        code.Reserve(LongestInstruction);
        if (!Options.IsChecked)
            StoreRegisters(Register.R1, Register.R5);
        BeginCallOut();
        StoreRegisters(Register.R0, Register.R0);
        code.Move(true, Of(Register.R1), Of(callee));
        code.Move(Of(Register.R2), Owner);
        code.Move(Scratch, (long)CallsOut.FindHelper);
        EmitCallOut();
        LoadStateWord(Scratch, ExecutionState.FaultOffset);
        code.TryCompare(false, Scratch, 0);
        int isHelper = code.BranchIf(Arm64Condition.Equal);
        LoadState(Of(Register.R0), ExecutionState.RegistersOffset);
        AddFault(code.Branch(), FaultKind.None, index);
        code.Bind(isHelper, code.Position);
        code.Move(true, Scratch, Of(Register.R0));
        for (int register = 1; register <= 5; register++)
            LoadState(Of((Register)register), ExecutionState.RegistersOffset + register * sizeof(ulong));
        EmitCallOut();
        EndCallOut(index);
        foreach (int reference in done)
            code.Bind(reference, code.Position);
    }

    protected override void EmitTailCall(int index)
    {
        BeginCallOut();
        StoreRegisters(Register.R0, Register.R10);
        code.Move(Scratch, (long)Shape.Program.FindHelper((int)HelperId.TailCall)!.Native);
        EmitCallOut();
        LoadState(Scratch, ExecutionState.TailCallTargetOffset);
        int none = code.BranchIfZero(true, Scratch);
        StoreState(ExecutionState.TailCallTargetOffset, Arm64Register.Zero);
        if (HasBudget)
            LoadState(Budget, ExecutionState.BudgetOffset);
        LoadStateWord(Scratch, ExecutionState.FaultOffset);
        int isWell = code.BranchIfZero(false, Scratch);
        BindRoutineLater(code.Branch(), Routine.Unwind);
        code.Bind(isWell, code.Position);
        EmitExit();
        code.Bind(none, code.Position);
        EndCallOut(index);
    }
}
