using Imker.Compiler.Lir;
using Imker.Objects;

namespace Imker.Compiler.Emission;

/// <param name="Spec">The code.</param>
/// <param name="FrameSize">Bytes of stack, with what the kernel takes.</param>
/// <param name="Callees">Names of the functions that it calls or takes the address of.</param>
/// <param name="Slots">The allocations in its frame.</param>
internal sealed record CompiledFunction(
    FunctionSpec Spec, int FrameSize, IReadOnlySet<string> Callees, IReadOnlyList<FrameSlot> Slots);
