using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed unsafe partial class X64Generator
{
    protected override void EmitCallFunction(int index, int callee)
    {
        if (Options.IsChecked)
        {
            const int DeepestCaller = (ExecutionState.MaxDepth - 1) * ExecutionState.FrameSize;
            code.LoadAddress(true, Scratch, new X64Address(Of(Register.R10), DeepestCaller));
            code.Alu(X64Alu.Cmp, true, Scratch, OfState(ExecutionState.StackTopOffset));
            AddFault(code.JumpIfForward(X64Condition.BelowOrEqual), FaultKind.TooDeep, index);
            code.Alu(X64Alu.Sub, true, Budget, Shape.Functions[callee].Slots);
            AddFault(code.JumpIfForward(X64Condition.Sign), FaultKind.OutOfBudget, index);
        }
        code.Alu(X64Alu.Add, true, Of(Register.R10), -ExecutionState.FrameSize);
        EmitGrowStackRegion(ExecutionState.FrameSize);
        BindFunctionLater(code.CallForward(), callee);
        code.Alu(X64Alu.Sub, true, Of(Register.R10), -ExecutionState.FrameSize);
        EmitGrowStackRegion(-ExecutionState.FrameSize);
    }

    /// <summary>Lets checks allow what the frame of a callee adds, or no longer (<see cref="Processor.SetFrame"/>).</summary>
    private void EmitGrowStackRegion(int bytes)
    {
        if (!Options.IsChecked)
            return;
        const int Region = ExecutionState.StackRegion * MemoryRegion.Size;
        code.Load(X64Width.QuadWord, Scratch, OfState(ExecutionState.RegionsOffset));
        code.Alu(X64Alu.Sub, true, new X64Address(Scratch, Region + MemoryRegion.StartOffset), bytes);
        code.Alu(X64Alu.Add, true, new X64Address(Scratch, Region + MemoryRegion.LengthOffset), bytes);
    }

    protected override void EmitCallHelper(int index, MachineHelper helper)
    {
        BeginCallOut();
        if (helper.NeedsNumber)
            code.Store(X64Width.DoubleWord, OfState(ExecutionState.HelperNumberOffset), helper.Number);
        code.Move(X64Register.Rax, (long)helper.Native);
        EmitCallOut();
        EndCallOut(index);
    }

    /// <summary>Keeps what a helper may ask for or a fault in it reports.</summary>
    private void BeginCallOut()
    {
        KeepBudget();
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
        code.Load(X64Width.QuadWord, Scratch, OfState(ExecutionState.StackTopOffset));
        code.Alu(X64Alu.Sub, true, Scratch, Of(Register.R10));
        code.Shift(X64Shift.Right, true, Scratch, 9);
        code.Store(X64Width.DoubleWord, OfState(ExecutionState.DepthOffset), Scratch);
    }

    /// <summary>Calls what <c>rax</c> points to with R1 to R5 and the state.</summary>
    private void EmitCallOut()
    {
        if (!features.IsWindows)
        {
            code.Move(true, X64Register.R9, State);
            code.Call(X64Register.Rax);
            return;
        }
        const int Home = 32, Room = Home + 2 * sizeof(long);
        code.Alu(X64Alu.Sub, true, X64Register.Rsp, Room);
        code.Store(X64Width.QuadWord, new X64Address(X64Register.Rsp, Home), X64Register.R8);
        code.Store(X64Width.QuadWord, new X64Address(X64Register.Rsp, Home + sizeof(long)), State);
        code.Move(true, X64Register.R9, X64Register.Rcx);
        code.Move(true, X64Register.R8, X64Register.Rdx);
        code.Move(true, X64Register.Rdx, X64Register.Rsi);
        code.Move(true, X64Register.Rcx, X64Register.Rdi);
        code.Call(X64Register.Rax);
        code.Alu(X64Alu.Add, true, X64Register.Rsp, Room);
    }

    private void EndCallOut(int index)
    {
        code.Alu(X64Alu.Cmp, false, OfState(ExecutionState.FaultOffset), 0);
        AddFault(code.JumpIfForward(X64Condition.NotEqual), FaultKind.None, index);
        FetchBudget();
        if (!Options.IsChecked)
            return;
        for (Register register = Register.R1; register <= Register.R5; register++)
            code.Clear(Of(register));
    }

    /// <summary>A call through a register: of a function by its handle, or of a helper by its number.</summary>
    protected override void EmitCallRegister(int index, Register callee)
    {
        List<int> done = [];
        code.Move(true, Scratch, Of(callee));
        for (int i = 1; i < Shape.Functions.Length; i++)
        {
            code.Reserve(LongestInstruction);
            code.Move(Scratch2, (long)FunctionHandle.Of(Shape.SlotOf(Shape.Functions[i].Start)));
            code.Alu(X64Alu.Cmp, true, Scratch, Scratch2);
            int other = code.JumpIfShort(X64Condition.NotEqual);
            EmitCallFunction(index, i);
            done.Add(code.JumpForward());
            code.BindShort(other);
        }
        code.Reserve(LongestInstruction);
        if (!Options.IsChecked)
            StoreRegisters(Register.R1, Register.R5);
        BeginCallOut();
        code.Store(X64Width.QuadWord, OfRegister(Register.R0), Of(Register.R0));
        code.Move(true, Of(Register.R1), Of(callee));
        code.Move(Of(Register.R2), Owner);
        code.Move(X64Register.Rax, (long)CallsOut.FindHelper);
        EmitCallOut();
        code.Alu(X64Alu.Cmp, false, OfState(ExecutionState.FaultOffset), 0);
        int isHelper = code.JumpIfShort(X64Condition.Equal);
        code.Load(X64Width.QuadWord, Of(Register.R0), OfRegister(Register.R0));
        AddFault(code.JumpForward(), FaultKind.None, index);
        code.BindShort(isHelper);
        for (Register register = Register.R1; register <= Register.R5; register++)
            code.Load(X64Width.QuadWord, Of(register), OfRegister(register));
        EmitCallOut();
        EndCallOut(index);
        foreach (int reference in done)
            code.Bind(reference, code.Position);
    }

    /// <summary>Goes on with another program in the same frame, if there is one; what that returns, this function returns.</summary>
    protected override void EmitTailCall(int index)
    {
        BeginCallOut();
        StoreRegisters(Register.R0, Register.R10);
        code.Move(X64Register.Rax, (long)Shape.Program.FindHelper((int)HelperId.TailCall)!.Native);
        EmitCallOut();
        code.Alu(X64Alu.Cmp, true, OfState(ExecutionState.TailCallTargetOffset), 0);
        int none = code.JumpIfForward(X64Condition.Equal);
        code.Store(X64Width.QuadWord, OfState(ExecutionState.TailCallTargetOffset), 0);
        FetchBudget();
        code.Alu(X64Alu.Cmp, false, OfState(ExecutionState.FaultOffset), 0);
        BindRoutineLater(code.JumpIfForward(X64Condition.NotEqual), Routine.Unwind);
        EmitExit();
        code.Bind(none, code.Position);
        EndCallOut(index);
    }
}
