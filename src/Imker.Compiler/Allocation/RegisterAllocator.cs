using Imker.Compiler.Emission;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>A function in machine instructions and registers, in blocks that still have to be put in order.</summary>
/// <param name="Blocks">The entry first.</param>
/// <param name="FrameSize">Bytes of stack.</param>
internal sealed record AllocatedFunction(List<CodeBlock> Blocks, int FrameSize);

/// <summary>From virtual registers to the machine's.</summary>
internal static class RegisterAllocator
{
    public static AllocatedFunction Allocate(LirFunction function)
    {
        var positions = new Positions(function);
        Liveness liveness = Liveness.Of(function, positions);
        Preferences.Find(function, positions, liveness.Values);
        LinearScan.Allocate(function, positions, liveness);
        Frame frame = Frame.Of(function, liveness.Values);
        List<CodeBlock> blocks = Rewriter.Rewrite(function, positions, liveness, frame);
        return new AllocatedFunction(blocks, frame.Size);
    }
}
