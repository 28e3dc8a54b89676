namespace Imker.Machine;

/// <summary><c>bpf_tail_call</c>: goes on with another program, in the same frame.</summary>
internal static unsafe class TailCalls
{
    /// <summary>
    /// The program that a tail call leads to; null, and the caller goes on, when there is none, when there were 33 already, or, with the
    /// fault noted, when it is not allowed.
    /// </summary>
    public static MachineProgram? Find(ulong map, ulong index, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (processor.MapOf(map)?.Storage is not ProgramArrayStorage programs)
        {
            RegionLookup.Refuse(state, FaultKind.BadArgument, map, 0);
            return null;
        }
        if (programs.At((uint)index) is not { } program || state->TailCallsLeft == 0)
            return null;
        state->TailCallsLeft--;
        if ((state->Budget -= program.Executable.Code.SlotCount) < 0)
        {
            state->Fault = FaultKind.OutOfBudget;
            return null;
        }
        processor.Enter(program);
        return program;
    }

    /// <summary>
    /// The helper as generated code calls it, with all registers in the state: runs the other program in the present frame to its end and
    /// returns its R0, with <see cref="ExecutionState.TailCallTarget"/> set; or returns the error.
    /// </summary>
    public static ulong Call(ulong context, ulong map, ulong index, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        MachineProgram caller = processor.Running;
        if (Find(map, index, state) is not { } target)
            return unchecked((ulong)-Errno.NoEntry);
        MemoryRegion stack = state->Regions[ExecutionState.StackRegion];
        Processor.SetFrame(state, state->Registers[10]);
        ulong result = target.EngineOf(null).Run(state);
        state->Regions[ExecutionState.StackRegion] = stack;
        processor.Running = caller;
        state->TailCallTarget = 1;
        return result;
    }
}
