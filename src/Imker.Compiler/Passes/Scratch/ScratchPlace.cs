using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Finds where a slot is taken: before all uses, as late as possible, in no loop, and not while the program holds a reserved
/// record, which it would have to give back where no slot is found.
/// </summary>
internal static class ScratchPlace
{
    public static (IrBlock Block, int Index) Find(IrFunction function, FrameUses uses)
    {
        var dominators = new DominatorTree(function);
        var loops = new LoopNest(dominators);
        IrBlock block = uses.Places.Keys.Where(dominators.IsReachable).Aggregate(dominators.NearestCommon);
        int index = uses.Places.TryGetValue(block, out (int First, int Last) place) ? place.First : block.Instructions.Count;
        (block, index) = OutOfLoops(block, index, dominators, loops);
        List<CallHelperInstruction> reservations = [.. Reservations(function)];
        while (reservations.Find(r => IsHeldAt(r, block, index, dominators)) is { } reserve)
            (block, index) = OutOfLoops(reserve.Block!, reserve.Block!.Instructions.IndexOf(reserve), dominators, loops);
        return (block, BehindAllocations(block, BeforeCondition(block, index)));
    }

    private static (IrBlock, int) OutOfLoops(IrBlock block, int index, DominatorTree dominators, LoopNest loops)
    {
        if (loops.LoopOf(block) is not { } loop)
            return (block, index);
        IrBlock outside = dominators.ParentOf(loop.Outermost.Header)!;
        return (outside, outside.Instructions.Count);
    }

    private static IEnumerable<CallHelperInstruction> Reservations(IrFunction function) =>
        function.Instructions().OfType<CallHelperInstruction>().Where(c => c.Helper == HelperId.RingbufReserve);

    private static bool IsHeldAt(CallHelperInstruction reserve, IrBlock block, int index, DominatorTree dominators)
    {
        bool isBefore = reserve.Block == block
            ? block.Instructions.IndexOf(reserve) < index
            : dominators.Dominates(reserve.Block!, block);
        return isBefore && (Releases(block.Instructions.Skip(index)) || ReachesRelease(block));
    }

    private static bool ReachesRelease(IrBlock start)
    {
        var seen = new HashSet<IrBlock>();
        var work = new Stack<IrBlock>(start.Successors);
        while (work.TryPop(out IrBlock? block))
        {
            if (!seen.Add(block))
                continue;
            if (Releases(block.Instructions))
                return true;
            foreach (IrBlock next in block.Successors)
                work.Push(next);
        }
        return false;
    }

    private static bool Releases(IEnumerable<IrInstruction> instructions) =>
        instructions.Any(i => i is CallHelperInstruction { Helper: HelperId.RingbufSubmit or HelperId.RingbufDiscard });

    // A comparison and the branch on it stay together.
    private static int BeforeCondition(IrBlock block, int index)
    {
        bool isBetween = index == block.Instructions.Count && index > 0
            && block.Terminator is BranchInstruction branch && branch.Condition == block.Instructions[index - 1];
        return isBetween ? index - 1 : index;
    }

    private static int BehindAllocations(IrBlock block, int index) =>
        Math.Max(index, block.Instructions.FindLastIndex(i => i is StackAllocateInstruction) + 1);
}
