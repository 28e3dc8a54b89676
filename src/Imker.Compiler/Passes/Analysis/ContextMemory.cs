using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>What may be known of the memory behind a program's context.</summary>
internal static class ContextMemory
{
    /// <summary>
    /// Whether reading a place of the context twice gives the same: in tracing programs, which are handed a copy of their own,
    /// unless the function writes to it.
    /// </summary>
    public static bool IsConstant(IrFunction function) =>
        function.ProgramType is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.RawTracepoint or ProgramType.PerfEvent or ProgramType.Tracing
        && !function.Instructions().Any(WritesContext);

    public static bool IsInContext(IrValue pointer) => pointer.Type.Provenance == Provenance.Context;

    private static bool WritesContext(IrInstruction instruction) => instruction switch
    {
        StoreInstruction store => IsInContext(store.Pointer),
        AtomicInstruction atomic => IsInContext(atomic.Pointer),
        ZeroMemoryInstruction zero => IsInContext(zero.Pointer),
        CopyMemoryInstruction copy => IsInContext(copy.Target),
        _ => false,
    };
}
