using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>Sends jumps to blocks that only jump on straight to where these go, and makes a branch with one target a jump.</summary>
internal static class JumpThreading
{
    public static void Run(List<CodeBlock> blocks)
    {
        foreach (CodeBlock block in blocks)
        {
            for (int i = 0; i < block.Successors.Length; i++)
                block.Successors[i] = Target(block.Successors[i]);
            if (block.End != LirEnd.Branch || block.Successors[0] != block.Successors[1])
                continue;
            block.End = LirEnd.Jump;
            block.Successors = [block.Successors[0]];
            block.Unlikely = -1;
        }
    }

    // An endless loop of empty blocks leads back to where it began.
    private static CodeBlock Target(CodeBlock start)
    {
        CodeBlock block = start;
        while (block is { End: LirEnd.Jump, Lines.Count: 0 })
        {
            block = block.Successors[0];
            if (block == start)
                break;
        }
        return block;
    }
}
