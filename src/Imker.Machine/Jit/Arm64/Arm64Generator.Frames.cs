using System.Numerics;
using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    private int leave;

    /// <summary>
    /// Where C# enters: the program at its first instruction, or, with a code address as second argument, one of its functions. Keeps what
    /// the convention keeps, fetches the registers from the state and gives back what the code leaves in R0.
    /// </summary>
    protected override void EmitEntry(bool isCallback)
    {
        code.Reserve(LongestInstruction);
        code.PushPair(Arm64Register.FramePointer, Arm64Register.Link);
        code.PushPair(Arm64Register.X19, Arm64Register.X20);
        code.PushPair(Arm64Register.X21, Arm64Register.X22);
        code.PushPair(Arm64Register.X23, Arm64Register.X24);
        LoadStateOf(Arm64Register.X0, Scratch2, ExecutionState.StackPointerOffset);
        code.PushPair(Arm64Register.X25, Scratch2);
        code.Move(true, State, Arm64Register.X0);
        if (isCallback)
            code.Move(true, Scratch3, Arm64Register.X1);
        code.AddConstant(true, Scratch, Arm64Register.StackPointer, 0);
        StoreState(ExecutionState.StackPointerOffset, Scratch);
        if (!isCallback)
            ForgetRegions();
        LoadRegisters();
        if (isCallback)
        {
            code.BranchLinkTo(Scratch3);
            code.Branch(leave);
            return;
        }
        if (Main.IsCalled)
            BindFunctionLater(code.BranchLink(), 0);
        else
            EmitMainFrame();
        int main = Main.IsCalled ? -1 : code.Branch();
        leave = code.Position;
        EmitLeave();
        if (main >= 0)
            code.Bind(main, code.Position);
    }

    private void EmitMainFrame()
    {
        if (Options.IsChecked)
            BindRoutineLater(code.BranchLink(), Routine.ClearFrame);
        if (Main.CountsIterations)
            PushIterations();
    }

    private void PushIterations()
    {
        code.Move(Scratch, ExecutionState.MayGotoIterations);
        code.PushPair(Scratch, Scratch);
    }

    private void EmitLeave()
    {
        if (HasBudget)
            StoreState(ExecutionState.BudgetOffset, Budget);
        LoadState(Scratch, ExecutionState.StackPointerOffset);
        code.AddConstant(true, Arm64Register.StackPointer, Scratch, 0);
        code.PopPair(Arm64Register.X25, Scratch2);
        StoreState(ExecutionState.StackPointerOffset, Scratch2);
        code.PopPair(Arm64Register.X23, Arm64Register.X24);
        code.PopPair(Arm64Register.X21, Arm64Register.X22);
        code.PopPair(Arm64Register.X19, Arm64Register.X20);
        code.PopPair(Arm64Register.FramePointer, Arm64Register.Link);
        code.Move(true, Arm64Register.X0, Of(Register.R0));
        code.Return();
    }

    private void LoadRegisters()
    {
        if (HasBudget)
            LoadState(Budget, ExecutionState.BudgetOffset);
        int fetched = FetchedRegisters | 1 << (int)Register.R10;
        for (; fetched != 0; fetched &= fetched - 1)
        {
            int register = BitOperations.TrailingZeroCount(fetched);
            LoadState(Of((Register)register), ExecutionState.RegistersOffset + register * sizeof(ulong));
        }
    }

    /// <summary>Each check begins with the context as the region that it expects.</summary>
    private void ForgetRegions()
    {
        if (RememberedRegions == 0)
            return;
        code.Move(Scratch, ExecutionState.ContextRegion * MemoryRegion.Size);
        for (int i = 0; i < RememberedRegions; i++)
            StoreStateWord(ExecutionState.RememberedOffset + i * sizeof(int), Scratch);
    }

    protected override void EmitPrologue()
    {
        code.PushPair(Arm64Register.FramePointer, Arm64Register.Link);
        if ((Function.Saved & 0xc0) != 0)
            code.PushPair(Of(Register.R6), Of(Register.R7));
        if ((Function.Saved & 0x300) != 0)
            code.PushPair(Of(Register.R8), Of(Register.R9));
        if (Function.CountsIterations)
            PushIterations();
        if (Options.IsChecked)
            BindRoutineLater(code.BranchLink(), Routine.ClearFrame);
    }

    protected override void EmitExit()
    {
        if (Options.IsFunction)
        {
            EmitFunctionExit();
            return;
        }
        if (IsInline)
        {
            code.Branch(leave);
            return;
        }
        if (Function.CountsIterations)
            code.PopPair(Scratch, Scratch2);
        if ((Function.Saved & 0x300) != 0)
            code.PopPair(Of(Register.R8), Of(Register.R9));
        if ((Function.Saved & 0xc0) != 0)
            code.PopPair(Of(Register.R6), Of(Register.R7));
        code.PopPair(Arm64Register.FramePointer, Arm64Register.Link);
        code.Return();
    }

    protected override void EmitFunctionEntry()
    {
        if (!NeedsFramePointer)
            return;
        code.PushPair(Of(Register.R10), Arm64Register.Link);
        code.AddConstant(true, Of(Register.R10), Arm64Register.StackPointer, 0);
        code.AddConstant(true, Arm64Register.StackPointer, Arm64Register.StackPointer, -ExecutionState.FrameSize);
    }

    private void EmitFunctionExit()
    {
        if (NeedsFramePointer)
        {
            code.AddConstant(true, Arm64Register.StackPointer, Arm64Register.StackPointer, ExecutionState.FrameSize);
            code.PopPair(Of(Register.R10), Arm64Register.Link);
        }
        code.Move(true, Arm64Register.X0, Of(Register.R0));
        code.Return();
    }

    private void LoadStateOf(Arm64Register state, Arm64Register dst, int offset) => code.Load(Arm64Width.DoubleWord, dst, state, offset);
}
