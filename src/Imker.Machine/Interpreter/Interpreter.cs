using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>Runs a program step by step, with every access checked. Serves on every processor.</summary>
internal sealed unsafe partial class Interpreter : ProgramEngine
{
    private readonly MachineProgram owner;
    private readonly ExecutableProgram program;
    private readonly Step* memory;

    public Interpreter(MachineProgram owner)
    {
        this.owner = owner;
        program = owner.Executable;
        // The step before the first leads back to this object.
        memory = (Step*)NativeMemory.AllocZeroed((nuint)program.Code.SlotCount + 1, (nuint)sizeof(Step));
        memory->Constant = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
        StepTranslator.Translate(program, new Span<Step>(memory + 1, program.Code.SlotCount));
    }

    ~Interpreter()
    {
        GCHandle.FromIntPtr((nint)memory->Constant).Free();
        NativeMemory.Free(memory);
    }

    private Step* Steps => memory + 1;

    public override ulong Run(ExecutionState* state)
    {
        ClearFrame(state->Registers[10]);
        ulong result = Execute<NoTrace>(state, Steps, Steps);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>As <see cref="Run"/>, telling <see cref="Processor.Observer"/> of each step.</summary>
    public ulong Trace(ExecutionState* state)
    {
        ClearFrame(state->Registers[10]);
        ulong result = Execute<StepTrace>(state, Steps, Steps);
        GC.KeepAlive(this);
        return result;
    }

    public override ulong Call(ExecutionState* state, int slot, ulong r1, ulong r2, ulong r3, ulong r4)
    {
        if (!TryDescend(state, program.FunctionAt(slot)?.SlotCount ?? 0))
            return 0;
        ulong* registers = state->Registers;
        ulong* saved = stackalloc ulong[11];
        NativeMemory.Copy(registers, saved, 11 * sizeof(ulong));
        (registers[1], registers[2], registers[3], registers[4], registers[5]) = (r1, r2, r3, r4, 0);
        MemoryRegion stack = state->Regions[ExecutionState.StackRegion];
        registers[10] -= ExecutionState.FrameSize;
        Processor.SetFrame(state, registers[10]);
        ClearFrame(registers[10]);
        ulong result = Processor.Of(state).Observer is null ? Execute<NoTrace>(state, Steps, Steps + slot) : Execute<StepTrace>(state, Steps, Steps + slot);
        if (state->Fault != FaultKind.None)
            return 0;
        state->Depth--;
        NativeMemory.Copy(saved, registers, 11 * sizeof(ulong));
        state->Regions[ExecutionState.StackRegion] = stack;
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Shows an observer the registers before a step.</summary>
    public static void Tell(ExecutionState* state, Step* steps, int slot) =>
        Processor.Of(state).Observer?.Invoke(Of(steps).owner, slot, new ReadOnlySpan<ulong>(state->Registers, 11));

    private static Interpreter Of(Step* steps) => (Interpreter)GCHandle.FromIntPtr((nint)steps[-1].Constant).Target!;

    private static void ClearFrame(ulong framePointer) => new Span<byte>((byte*)framePointer - ExecutionState.FrameSize, ExecutionState.FrameSize).Clear();

    // A callback that faulted has noted it already, and the helper that called it comes here too.
    private static void NoteFault(ExecutionState* state, Step* steps, Step* ip)
    {
        if (state->FaultSlot >= 0)
            return;
        state->FaultSlot = (int)(ip - steps);
        Processor.Of(state).FaultProgram = Of(steps).program;
    }

    /// <summary>Goes to the next deeper frame; false, with the fault noted, when there is none or the budget is used up.</summary>
    internal static bool TryDescend(ExecutionState* state, long cost)
    {
        if (state->Depth + 1 >= ExecutionState.MaxDepth)
            state->Fault = FaultKind.TooDeep;
        else if ((state->Budget -= cost) < 0)
            state->Fault = FaultKind.OutOfBudget;
        else
            state->Depth++;
        return state->Fault == FaultKind.None;
    }

    private static bool TryEnter(ExecutionState* state, Step* steps, Step* call, int target, int mayGotoLeft)
    {
        ref SavedFrame frame = ref state->Frames[state->Depth];
        long cost = call->Code == StepCode.CallFunction ? call->Constant : Of(steps).program.FunctionAt(target)!.Value.SlotCount;
        if (!TryDescend(state, cost))
            return false;
        frame.Return = call + 1;
        frame.Steps = steps;
        frame.MayGotoLeft = mayGotoLeft;
        for (int i = 0; i < 4; i++)
            frame.Saved[i] = state->Registers[6 + i];
        state->Registers[10] -= ExecutionState.FrameSize;
        Processor.SetFrame(state, state->Registers[10]);
        ClearFrame(state->Registers[10]);
        return true;
    }

    private static Step* Leave(ExecutionState* state, ref Step* steps, out int mayGotoLeft)
    {
        ref SavedFrame frame = ref state->Frames[--state->Depth];
        for (int i = 0; i < 4; i++)
            state->Registers[6 + i] = frame.Saved[i];
        state->Registers[10] += ExecutionState.FrameSize;
        Processor.SetFrame(state, state->Registers[10]);
        if (steps != frame.Steps)
            Processor.Of(state).Running = Of(frame.Steps).owner;
        steps = frame.Steps;
        mayGotoLeft = frame.MayGotoLeft;
        return frame.Return;
    }

    // The slot of the function, or 0 where a helper was called or nothing can be, which is a fault.
    private static int FindCallee(ExecutionState* state, Step* steps, ulong value)
    {
        ExecutableProgram program = Of(steps).program;
        if (FunctionHandle.TryGetSlot(value, out int slot) && slot > 0 && program.FunctionAt(slot) is not null)
            return slot;
        if (program.FindHelper((long)value) is not { } helper || helper.Number == (int)Bytecode.HelperId.TailCall)
        {
            RegionLookup.Refuse(state, FaultKind.BadCall, value, 0);
            return 0;
        }
        ulong* r = state->Registers;
        state->HelperNumber = helper.Number;
        r[0] = helper.Managed(r[1], r[2], r[3], r[4], r[5], state);
        return 0;
    }

    private static bool TryTailCall(ExecutionState* state, out Step* steps)
    {
        ulong* r = state->Registers;
        steps = null;
        if (TailCalls.Find(r[2], r[3], state) is not { } target)
        {
            r[0] = unchecked((ulong)-Errno.NoEntry);
            return false;
        }
        steps = target.Interpreter.Steps;
        return true;
    }
}
