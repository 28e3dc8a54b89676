using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Leads a way that decides a later branch straight to that branch's target. A chain of <c>&amp;&amp;</c> and <c>||</c> whose
/// value is branched on becomes a chain of branches.
/// </summary>
public static class JumpThreadingPass
{
    // Each round can free the block before for the next.
    private const int MaxRounds = 4;

    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        bool changed = false;
        for (int round = 0; round < MaxRounds && RunOnce(function); round++)
        {
            changed = true;
            UnreachableBlockPass.Run(function, context);
            BlockMergePass.Run(function, context);
        }
        if (changed)
            DeadCodePass.Run(function, context);
        return changed;
    }

    private static bool RunOnce(IrFunction function)
    {
        var order = new ReversePostorder(function);
        Dictionary<IrValue, List<IrInstruction>> uses = function.Uses();
        bool changed = false;
        foreach (IrBlock block in order.Blocks)
        {
            if (block.Predecessors.Count > 1 && Decision.Of(block, uses) is { } decision && !IsLoopHeader(block, order))
                changed |= Thread(block, decision);
        }
        return changed;
    }

    // Past a header the loop would have a second way in.
    private static bool IsLoopHeader(IrBlock block, ReversePostorder order) =>
        block.Predecessors.Any(p => order.IndexOf(p) >= order.IndexOf(block));

    private static bool Thread(IrBlock block, Decision decision)
    {
        bool changed = false;
        foreach (IrBlock predecessor in block.Predecessors.Distinct().ToArray())
        {
            for (int edge = 0; edge < predecessor.Successors.Count; edge++)
            {
                if (predecessor.Successors[edge] != block)
                    continue;
                int place = predecessor.PredecessorIndex(edge);
                if (decision.Taken(place) is not { } taken)
                    continue;
                IrBlock target = block.Successors[taken];
                int through = block.PredecessorIndex(taken);
                predecessor.Redirect(edge, target, [.. target.Phis.Select(phi => AtEdge(phi.Operands[through], block, place))]);
                changed = true;
            }
        }
        return changed;
    }

    private static IrValue AtEdge(IrValue value, IrBlock block, int place) =>
        value is PhiInstruction phi && phi.Block == block ? phi.Operands[place] : value;

    /// <summary>A branch on a phi, or on the comparison of one with a constant, in a block that does nothing else.</summary>
    private sealed class Decision(PhiInstruction phi, CompareInstruction? compare)
    {
        public static Decision? Of(IrBlock block, Dictionary<IrValue, List<IrInstruction>> uses)
        {
            if (block.Terminator is not BranchInstruction branch || block.Instructions.Count > 1 || block.Successors.Contains(block))
                return null;
            var compare = block.Instructions.FirstOrDefault() as CompareInstruction;
            if (block.Instructions.Count == 1 && (compare is null || branch.Condition != compare || uses[compare].Count > 1))
                return null;
            if (compare is { Right: not IrConstant })
                return null;
            return (compare?.Left ?? branch.Condition) is PhiInstruction phi && phi.Block == block && block.Phis.TrueForAll(p => IsUsedHere(p, uses))
                ? new Decision(phi, compare)
                : null;
        }

        /// <summary>The edge that a way into the block takes out of it; null when the run decides.</summary>
        public int? Taken(int place)
        {
            if (phi.Operands[place] is not IrConstant known)
                return null;
            IrConstant condition = compare is null ? known : ConstantFolding.Compare(compare.Operator, known, (IrConstant)compare.Right);
            return condition.Value != 0 ? 0 : 1;
        }

        // In the block, or at the ends of its own edges: past the block nothing else may miss the phi.
        private static bool IsUsedHere(PhiInstruction phi, Dictionary<IrValue, List<IrInstruction>> uses) =>
            uses.GetValueOrDefault(phi, []).TrueForAll(user => user.Block == phi.Block || (user is PhiInstruction other && IsUsedOnEdgesFrom(phi, other)));

        private static bool IsUsedOnEdgesFrom(PhiInstruction phi, PhiInstruction user)
        {
            for (int i = 0; i < user.Operands.Length; i++)
            {
                if (user.Operands[i] == phi && user.Block!.Predecessors[i] != phi.Block)
                    return false;
            }
            return true;
        }
    }
}
