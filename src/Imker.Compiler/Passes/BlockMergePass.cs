using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Joins a block with its only successor when that has no other predecessor, and leads edges past blocks that only jump on.
/// </summary>
public static class BlockMergePass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        bool changed = RemoveSingleEdgePhis(function);
        var gone = new HashSet<IrBlock>();
        foreach (IrBlock block in function.Blocks)
        {
            if (gone.Contains(block))
                continue;
            if (block != function.Entry && IsForwarder(block) && LeadPast(block))
            {
                gone.Add(block);
                continue;
            }
            changed |= FoldEqualTargets(block);
            while (block.Terminator is JumpInstruction { Target: var next } && next.Predecessors.Count == 1 && next != block)
            {
                block.Absorb(next);
                gone.Add(next);
            }
        }
        function.Blocks.RemoveAll(gone.Contains);
        return changed || gone.Count > 0;
    }

    // A phi of one edge is that edge's value; without phis its block can be joined to the one before.
    private static bool RemoveSingleEdgePhis(IrFunction function)
    {
        var replacements = new Replacements();
        foreach (IrBlock block in function.Blocks)
        {
            if (block.Predecessors.Count != 1)
                continue;
            foreach (PhiInstruction phi in block.Phis)
                replacements.Add(phi, phi.Operands[0]);
            block.Phis.Clear();
        }
        return replacements.Apply(function);
    }

    private static bool IsForwarder(IrBlock block) =>
        block.Instructions.Count == 0 && block.Phis.Count == 0
        && block.Terminator is JumpInstruction { Target: var target } && target != block;

    // A branch with both edges to one block would lose what its phis know apart, so then the block in between stays.
    private static bool LeadPast(IrBlock block)
    {
        IrBlock target = block.Successors[0];
        if (target.Phis.Count > 0 && block.Predecessors.Any(target.Predecessors.Contains))
            return false;
        int place = block.PredecessorIndex(0);
        IrValue[] operands = [.. target.Phis.Select(phi => phi.Operands[place])];
        while (block.Predecessors.Count > 0)
        {
            IrBlock predecessor = block.Predecessors[0];
            predecessor.Redirect(IndexOf(predecessor.Successors, block), target, operands);
        }
        block.RemoveOutgoing();
        return true;
    }

    private static bool FoldEqualTargets(IrBlock block)
    {
        if (block.Terminator is not BranchInstruction { IfTrue: var target } branch || branch.IfFalse != target || target.Phis.Count > 0)
            return false;
        block.KeepOnly(0);
        return true;
    }

    private static int IndexOf(IReadOnlyList<IrBlock> blocks, IrBlock block)
    {
        int index = 0;
        while (blocks[index] != block)
            index++;
        return index;
    }
}
