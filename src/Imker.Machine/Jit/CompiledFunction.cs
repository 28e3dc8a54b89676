using System.Runtime.CompilerServices;
using Imker.Machine.Jit.Memory;

namespace Imker.Machine.Jit;

/// <summary>A short program as a function of the C convention (<see cref="JitOptions.Function"/>): no state, nothing to prepare.</summary>
internal sealed unsafe class CompiledFunction
{
    private readonly ExecutableMemory memory;
    private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, ulong, ulong, ulong> entry;

    public CompiledFunction(ExecutableMemory memory)
    {
        this.memory = memory;
        entry = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, ulong, ulong, ulong>)memory.Address;
    }

    /// <summary>Calls it with R1 to R3 and returns R0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(byte* r1, ulong r2, ulong r3 = 0)
    {
        ulong result = entry(r1, r2, r3);
        GC.KeepAlive(memory);
        return result;
    }
}
