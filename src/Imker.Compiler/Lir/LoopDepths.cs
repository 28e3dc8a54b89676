namespace Imker.Compiler.Lir;

/// <summary>
/// Counts the loops around each block: the blocks between the target and the source of an edge that goes back. A guess that costs
/// one pass; only the choice of places to split a live interval hangs on it.
/// </summary>
internal static class LoopDepths
{
    public static void Compute(LirFunction function)
    {
        var changes = new int[function.Blocks.Count + 1];
        foreach (LirBlock block in function.Blocks)
        {
            foreach (LirBlock successor in block.Successors)
            {
                if (successor.Index > block.Index)
                    continue;
                changes[successor.Index]++;
                changes[block.Index + 1]--;
            }
        }
        int depth = 0;
        foreach (LirBlock block in function.Blocks)
            block.LoopDepth = depth += changes[block.Index];
    }
}
