using System.Numerics;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private readonly List<(int Reference, int Index)> packetExits = [];
    private int leave;

    /// <summary>
    /// Where C# enters: the program at its first instruction, or, with a code address as second argument, one of its functions. Keeps what
    /// the convention keeps, fetches the registers from the state and, for a function, gives back what it returns.
    /// </summary>
    private void EmitEntry(bool isCallback)
    {
        code.Reserve(2 * LongestInstruction);
        foreach (X64Register register in KeptRegisters())
            code.Push(register);
        bool isPadded = (KeptRegisters().Length + (Unwinds ? 1 : 0)) % 2 == 0;
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
        if (shape.Functions[0].IsCalled)
            calls.Add((code.CallForward(), 0));
        else
            EmitMainFrame();
        int main = shape.Functions[0].IsCalled ? 0 : code.JumpForward();
        leave = code.Position;
        EmitLeave(isPadded);
        if (main != 0)
            code.Bind(main, code.Position);
    }

    private void EmitMainFrame()
    {
        if (options.IsChecked)
            routineCalls.Add((code.CallForward(), Routine.ClearFrame));
        if (!shape.Functions[0].CountsIterations)
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
            if (shape.Functions[0].CountsIterations)
                code.Load(X64Width.QuadWord, X64Register.Rsp, OfState(ExecutionState.StackPointerOffset));
            code.Pop(OfState(ExecutionState.StackPointerOffset));
        }
        if (isPadded)
            code.Alu(X64Alu.Add, true, X64Register.Rsp, sizeof(long));
        ReadOnlySpan<X64Register> kept = KeptRegisters();
        for (int i = kept.Length; --i >= 0;)
            code.Pop(kept[i]);
        code.Return();
    }

    /// <summary>What the convention wants back as it was, as far as this program touches it.</summary>
    private X64Register[] KeptRegisters()
    {
        List<X64Register> kept = [State];
        for (Register register = Register.R6; register <= Register.R9; register++)
        {
            // A checked program may read what it has not written.
            if (((options.IsChecked ? shape.Used : shape.Saved) >> (int)register & 1) != 0)
                kept.Add(Of(register));
        }
        if (NeedsFramePointer)
            kept.Add(Of(Register.R10));
        if (features.IsWindows)
            kept.AddRange([X64Register.Rdi, X64Register.Rsi]);
        return [.. kept];
    }

    private bool NeedsFramePointer => options.IsChecked || shape.CallsFunctions || shape.CallsHelpers || shape.CallsRegisters
        || (shape.Used >> (int)Register.R10 & 1) != 0;

    private void LoadRegisters()
    {
        const int Arguments = 0x3e, AllButFrame = 0x3ff;
        FetchBudget();
        int loaded = shape.Used & (options.IsChecked ? AllButFrame : Arguments);
        if (NeedsFramePointer)
            loaded |= 1 << (int)Register.R10;
        for (; loaded != 0; loaded &= loaded - 1)
        {
            int register = BitOperations.TrailingZeroCount(loaded);
            code.Load(X64Width.QuadWord, Of((Register)register), OfRegister((Register)register));
        }
    }

    /// <summary>Each check begins with the context as the region that it expects.</summary>
    private void ForgetRegions()
    {
        int sites = Math.Min(plan?.CheckCount ?? 0, RememberedRegions);
        if (sites == 0)
            return;
        const long Context = ExecutionState.ContextRegion * MemoryRegion.Size;
        code.Move(Scratch, Context << 32 | Context);
        for (int i = 0; i < sites; i += 2)
            code.Store(X64Width.QuadWord, OfState(ExecutionState.RememberedOffset + i * sizeof(int)), Scratch);
    }

    private void EmitPrologue()
    {
        code.Reserve(LongestInstruction);
        ref readonly FunctionShape shape = ref Function;
        for (int saved = shape.Saved; saved != 0; saved &= saved - 1)
            code.Push(Of((Register)BitOperations.TrailingZeroCount(saved)));
        if (IsPadded(shape))
            code.Alu(X64Alu.Sub, true, X64Register.Rsp, sizeof(long));
        if (shape.CountsIterations)
        {
            code.Move(Scratch, ExecutionState.MayGotoIterations);
            code.Push(Scratch);
        }
        if (options.IsChecked)
            routineCalls.Add((code.CallForward(), Routine.ClearFrame));
    }

    // At calls the stack pointer is a multiple of sixteen; the return address has made it odd.
    private static bool IsPadded(in FunctionShape shape) =>
        shape.Calls && (BitOperations.PopCount((uint)shape.Saved) + (shape.CountsIterations ? 1 : 0)) % 2 == 0;

    private void EmitExit()
    {
        if (IsInline)
            code.Jump(leave);
        else
            EmitEpilogue();
    }

    private void EmitEpilogue()
    {
        ref readonly FunctionShape shape = ref Function;
        int dropped = (IsPadded(shape) ? 1 : 0) + (shape.CountsIterations ? 1 : 0);
        if (dropped > 0)
            code.Alu(X64Alu.Add, true, X64Register.Rsp, dropped * sizeof(long));
        for (int register = (int)Register.R9; register >= (int)Register.R6; register--)
        {
            if ((shape.Saved >> register & 1) != 0)
                code.Pop(Of((Register)register));
        }
        code.Return();
    }

    /// <summary>Where functions go that read behind a packet's end: back to their callers with nothing.</summary>
    private void EmitPacketExits()
    {
        foreach ((int reference, int index) in packetExits)
        {
            code.Reserve(LongestInstruction);
            code.Bind(reference, code.Position);
            function = shape.FunctionAt(index);
            code.Clear(Of(Register.R0));
            EmitExit();
        }
    }

    private static X64Address OfRegister(Register register) => OfState(ExecutionState.RegistersOffset + (int)register * sizeof(ulong));
}
