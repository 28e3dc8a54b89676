using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Machine.Jit.Memory;

namespace Imker.Machine.Jit;

/// <summary>A program as machine code of this processor.</summary>
internal sealed unsafe class CompiledProgram : ProgramEngine
{
    private readonly ExecutableMemory memory;
    private readonly GeneratedCode code;
    private readonly byte* start;
    private readonly bool isShort;
    private GCHandle self;

    /// <param name="program">What is compiled.</param>
    /// <param name="generate">Makes its code, given a handle of this object.</param>
    internal CompiledProgram(ExecutableProgram program, Func<nint, (GeneratedCode Code, ExecutableMemory Memory)> generate)
    {
        Program = program;
        self = GCHandle.Alloc(this, GCHandleType.Weak);
        (code, memory) = generate(GCHandle.ToIntPtr(self));
        start = memory.Address;
        isShort = code.Shape.IsShort;
    }

    ~CompiledProgram() => self.Free();

    public ExecutableProgram Program { get; }

    /// <summary>Whether the code checks accesses, and tells of the frame that runs; helpers of other code may be given all of the stack.</summary>
    public required bool IsChecked { get; init; }

    /// <summary>The same program without a state; null where it needs one.</summary>
    public CompiledFunction? Function { get; init; }

    public override ulong Run(ExecutionState* state)
    {
        if (!IsChecked)
            Processor.SetFrame(state, state->StackTop - (ExecutionState.MaxDepth - 1) * ExecutionState.FrameSize);
        // Short code calls nothing of ours and is over before a collection would have to wait for it.
        ulong result = isShort
            ? ((delegate* unmanaged[Cdecl, SuppressGCTransition]<ExecutionState*, ulong>)start)(state)
            : ((delegate* unmanaged[Cdecl]<ExecutionState*, ulong>)start)(state);
        if (state->Fault != FaultKind.None)
            Processor.Of(state).FaultProgram ??= Program;
        GC.KeepAlive(this);
        return result;
    }

    public override ulong Call(ExecutionState* state, int slot, ulong r1, ulong r2, ulong r3, ulong r4)
    {
        const int Registers = 11;
        int function = code.Shape.FunctionAtSlot(slot);
        if (function < 0 || !Interpreter.TryDescend(state, code.Shape.Functions[function].Slots))
            return 0;
        ulong* registers = state->Registers;
        ulong* saved = stackalloc ulong[Registers];
        NativeMemory.Copy(registers, saved, Registers * sizeof(ulong));
        (registers[1], registers[2], registers[3], registers[4], registers[5]) = (r1, r2, r3, r4, 0);
        registers[10] = state->StackTop - (ulong)state->Depth * ExecutionState.FrameSize;
        MemoryRegion stack = state->Regions[ExecutionState.StackRegion];
        if (IsChecked)
            Processor.SetFrame(state, registers[10]);
        var entry = (delegate* unmanaged[Cdecl]<ExecutionState*, byte*, ulong>)(start + code.Callback);
        ulong result = entry(state, start + code.Functions[function]);
        if (state->Fault != FaultKind.None)
            return 0;
        state->Depth--;
        NativeMemory.Copy(saved, registers, Registers * sizeof(ulong));
        state->Regions[ExecutionState.StackRegion] = stack;
        GC.KeepAlive(this);
        return result;
    }
}
