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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override ulong Run(ExecutionState* state)
    {
        // Short code calls nothing of ours and is over before a collection would have to wait for it.
        ulong result = isShort
            ? ((delegate* unmanaged[Cdecl, SuppressGCTransition]<ExecutionState*, ulong>)start)(state)
            : ((delegate* unmanaged[Cdecl]<ExecutionState*, ulong>)start)(state);
        GC.KeepAlive(this);
        return result;
    }

    public override ulong Call(ExecutionState* state, int slot, ulong r1, ulong r2, ulong r3, ulong r4)
    {
        throw new InvalidOperationException();
    }
}
