using System.Numerics;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private int leave;

    /// <summary>
    /// Where C# enters: the program at its first instruction, or, with a code address as second argument, one of its functions. Keeps what
    /// the convention keeps, fetches the registers from the state and, for a function, gives back what it returns.
    /// </summary>
    protected override void EmitEntry(bool isCallback)
    {
        code.Reserve(LongestInstruction);
        foreach (X64Register register in Kept())
            code.Push(register);
        bool isPadded = (Kept().Length + (Unwinds ? 1 : 0)) % 2 == 0;
        if (isPadded)
            code.Alu(X64Alu.Sub, true, X64Register.Rsp, sizeof(long));
        code.Move(true, State, features.IsWindows ? X64Register.Rcx : X64Register.Rdi);
        if (isCallback)
            code.Move(true, Scratch2, features.IsWindows ? X64Register.Rdx : X64Register.Rsi);
        if (Unwinds)
        {
            code.Push(OfState(ExecutionState.StackPointerOffset));
            code.Store(X64Width.QuadWord, OfState(ExecutionState.StackPointerOffset), X64Register.Rsp);
        }
        if (!isCallback)
            ForgetRegions();
        LoadRegisters();
        if (isCallback)
        {
            code.Call(Scratch2);
            code.Jump(leave);
            return;
        }
        if (Main.IsCalled)
            BindFunctionLater(code.CallForward(), 0);
        else
            EmitMainFrame();
        int main = Main.IsCalled ? 0 : code.JumpForward();
        leave = code.Position;
        EmitLeave(isPadded);
        if (main != 0)
            code.Bind(main, code.Position);
    }

    private void EmitMainFrame()
    {
        if (Options.IsChecked)
            BindRoutineLater(code.CallForward(), Routine.ClearFrame);
        if (!Main.CountsIterations)
            return;
        code.Move(Scratch, ExecutionState.MayGotoIterations);
        code.Push(Scratch);
        code.Push(Scratch);
    }

    private void EmitLeave(bool isPadded)
    {
        KeepBudget();
        if (Unwinds)
        {
            if (Main.CountsIterations)
                code.Load(X64Width.QuadWord, X64Register.Rsp, OfState(ExecutionState.StackPointerOffset));
            code.Pop(OfState(ExecutionState.StackPointerOffset));
        }
        if (isPadded)
            code.Alu(X64Alu.Add, true, X64Register.Rsp, sizeof(long));
        ReadOnlySpan<X64Register> kept = Kept();
        for (int i = kept.Length; --i >= 0;)
            code.Pop(kept[i]);
        code.Return();
    }

    /// <summary>What the convention wants back as it was, as far as this program touches it.</summary>
    private X64Register[] Kept()
    {
        List<X64Register> kept = [State];
        for (int registers = KeptRegisters; registers != 0; registers &= registers - 1)
            kept.Add(Of((Register)BitOperations.TrailingZeroCount(registers)));
        if (NeedsFramePointer)
            kept.Add(Of(Register.R10));
        if (features.IsWindows)
            kept.AddRange([X64Register.Rdi, X64Register.Rsi]);
        return [.. kept];
    }

    private void LoadRegisters()
    {
        FetchBudget();
        int fetched = FetchedRegisters | (NeedsFramePointer ? 1 << (int)Register.R10 : 0);
        for (; fetched != 0; fetched &= fetched - 1)
        {
            var register = (Register)BitOperations.TrailingZeroCount(fetched);
            code.Load(X64Width.QuadWord, Of(register), OfRegister(register));
        }
    }

    /// <summary>Each check begins with the context as the region that it expects.</summary>
    private void ForgetRegions()
    {
        if (RememberedRegions == 0)
            return;
        const long Context = ExecutionState.ContextRegion * MemoryRegion.Size;
        code.Move(Scratch, Context << 32 | Context);
        for (int i = 0; i < RememberedRegions; i += 2)
            code.Store(X64Width.QuadWord, OfState(ExecutionState.RememberedOffset + i * sizeof(int)), Scratch);
    }

    protected override void EmitPrologue()
    {
        code.Reserve(LongestInstruction);
        ref readonly FunctionShape frame = ref Function;
        for (int saved = frame.Saved; saved != 0; saved &= saved - 1)
            code.Push(Of((Register)BitOperations.TrailingZeroCount(saved)));
        if (IsPadded(frame))
            code.Alu(X64Alu.Sub, true, X64Register.Rsp, sizeof(long));
        if (frame.CountsIterations)
        {
            code.Move(Scratch, ExecutionState.MayGotoIterations);
            code.Push(Scratch);
        }
        if (Options.IsChecked)
            BindRoutineLater(code.CallForward(), Routine.ClearFrame);
    }

    // At calls the stack pointer is a multiple of sixteen; the return address has made it odd.
    private static bool IsPadded(in FunctionShape frame) =>
        frame.Calls && (BitOperations.PopCount((uint)frame.Saved) + (frame.CountsIterations ? 1 : 0)) % 2 == 0;

    protected override void EmitExit()
    {
        if (Options.IsFunction)
            EmitFunctionExit();
        else if (IsInline)
            code.Jump(leave);
        else
            EmitEpilogue();
    }

    protected override void EmitFunctionEntry()
    {
        if (!NeedsFramePointer)
            return;
        code.Push(Of(Register.R10));
        code.Move(true, Of(Register.R10), X64Register.Rsp);
        code.Alu(X64Alu.Sub, true, X64Register.Rsp, ExecutionState.FrameSize);
    }

    private void EmitFunctionExit()
    {
        if (NeedsFramePointer)
        {
            code.Alu(X64Alu.Add, true, X64Register.Rsp, ExecutionState.FrameSize);
            code.Pop(Of(Register.R10));
        }
        code.Return();
    }

    private void EmitEpilogue()
    {
        ref readonly FunctionShape frame = ref Function;
        int dropped = (IsPadded(frame) ? 1 : 0) + (frame.CountsIterations ? 1 : 0);
        if (dropped > 0)
            code.Alu(X64Alu.Add, true, X64Register.Rsp, dropped * sizeof(long));
        for (int register = (int)Register.R9; register >= (int)Register.R6; register--)
        {
            if ((frame.Saved >> register & 1) != 0)
                code.Pop(Of((Register)register));
        }
        code.Return();
    }

    private static X64Address OfRegister(Register register) => OfState(ExecutionState.RegistersOffset + (int)register * sizeof(ulong));
}
