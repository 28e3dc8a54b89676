using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Gives a slot back behind the last use on every way: in blocks that end the use, and on edges that leave it.</summary>
internal sealed class ScratchRelease(IrFunction function, IrBlock taken, ScratchCode code)
{
    /// <param name="isEscaping">Uses cannot be told: the slot is held to the end of all that follows only it.</param>
    /// <param name="lastUses">Blocks with uses, and the index of the last in each.</param>
    public void Insert(bool isEscaping, Dictionary<IrBlock, int> lastUses)
    {
        HashSet<IrBlock> holding = isEscaping ? FindDominated() : FindHolding(lastUses.Keys);
        var left = new List<IrBlock>();
        foreach (IrBlock block in function.Blocks.Where(holding.Contains).ToArray())
        {
            if (block.Successors.Any(holding.Contains))
                left.AddRange(block.Successors.Where(s => !holding.Contains(s)));
            else if (isEscaping)
                code.Release(block, block.Instructions.Count);
            else
                ReleaseBehindLastUse(block, lastUses);
        }
        foreach (IrBlock target in left.Distinct())
            ReleaseOnEdges(target, holding);
    }

    private void ReleaseBehindLastUse(IrBlock block, Dictionary<IrBlock, int> lastUses)
    {
        int last = lastUses.GetValueOrDefault(block, 0);
        code.Release(block, Math.Min(last + 1, block.Instructions.Count));
    }

    // Blocks between the taking and a use. The taking dominates the uses, so no way back from a use leads round it.
    private HashSet<IrBlock> FindHolding(IEnumerable<IrBlock> users)
    {
        var holding = new HashSet<IrBlock> { taken };
        var work = new Stack<IrBlock>(users);
        while (work.TryPop(out IrBlock? block))
        {
            if (!holding.Add(block))
                continue;
            foreach (IrBlock predecessor in block.Predecessors)
                work.Push(predecessor);
        }
        return holding;
    }

    private HashSet<IrBlock> FindDominated()
    {
        var dominators = new DominatorTree(function);
        return [.. function.Blocks.Where(block => dominators.Dominates(taken, block))];
    }

    // Blocks with a holding successor give the slot back on their other edges; the rest has given it back already.
    private void ReleaseOnEdges(IrBlock target, HashSet<IrBlock> holding)
    {
        bool Holds(IrBlock block) => holding.Contains(block) && block.Successors.Any(holding.Contains);
        IrBlock place = target.Predecessors.All(Holds) ? target : EdgeBundle.Make(target, Holds, "scratch.release");
        code.Release(place, 0);
    }
}
