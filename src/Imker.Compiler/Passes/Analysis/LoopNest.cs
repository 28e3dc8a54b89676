using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>A natural loop: the blocks that reach an edge back to the header without leaving through it.</summary>
public sealed class Loop(IrBlock header)
{
    /// <summary>The block that every way into the loop goes through.</summary>
    public IrBlock Header { get; } = header;

    /// <summary>The loop round this one; null for an outermost one.</summary>
    public Loop? Parent { get; internal set; }

    /// <summary>All blocks, those of inner loops too, the header first.</summary>
    public IReadOnlyList<IrBlock> Blocks => BlockList;

    internal List<IrBlock> BlockList { get; } = [header];

    internal Loop Outermost
    {
        get
        {
            Loop loop = this;
            while (loop.Parent is not null)
                loop = loop.Parent;
            return loop;
        }
    }
}

/// <summary>The natural loops of a function. Cycles with more than one way in are not among them.</summary>
public sealed class LoopNest
{
    private readonly Dictionary<IrBlock, Loop> innermost = [];
    private readonly List<Loop> loops = [];

    public LoopNest(DominatorTree dominators)
    {
        ArgumentNullException.ThrowIfNull(dominators);
        // Inner headers come later in reverse postorder, so inner loops are made first.
        foreach (IrBlock header in dominators.Blocks.Reverse())
        {
            if (header.Predecessors.Exists(p => dominators.Dominates(header, p)))
                AddLoop(header, [.. header.Predecessors.Where(p => dominators.Dominates(header, p)).Distinct()], dominators);
        }
        foreach (IrBlock block in dominators.Blocks)
        {
            for (Loop? loop = LoopOf(block); loop is not null; loop = loop.Parent)
            {
                if (loop.Header != block)
                    loop.BlockList.Add(block);
            }
        }
    }

    /// <summary>Inner loops before outer ones.</summary>
    public IReadOnlyList<Loop> Loops => loops;

    /// <summary>The innermost loop round a block; null when it is in none.</summary>
    public Loop? LoopOf(IrBlock block) => innermost.GetValueOrDefault(block);

    private void AddLoop(IrBlock header, List<IrBlock> latches, DominatorTree dominators)
    {
        var loop = new Loop(header);
        loops.Add(loop);
        var work = new Stack<IrBlock>(latches);
        while (work.TryPop(out IrBlock? block))
        {
            if (!dominators.IsReachable(block))
                continue;
            if (!innermost.TryGetValue(block, out Loop? inner))
            {
                innermost[block] = loop;
                if (block != header)
                    PushAll(work, block.Predecessors);
            }
            else if (inner.Outermost is var outermost && outermost != loop)
            {
                outermost.Parent = loop;
                PushAll(work, outermost.Header.Predecessors);
            }
        }
    }

    private static void PushAll(Stack<IrBlock> work, List<IrBlock> blocks)
    {
        foreach (IrBlock block in blocks)
            work.Push(block);
    }
}
