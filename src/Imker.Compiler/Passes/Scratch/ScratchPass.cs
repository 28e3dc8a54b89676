using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Moves the largest allocations of a frame that is too large for the stack into scratch memory: a slot is taken before their
/// first use and given back after the last on every way. A program that finds no slot counts that and ends.
/// </summary>
public static class ScratchPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(context);
        int limit = context.Frames.AllocationLimit(function);
        if (FrameBudget.AllocatedBy(function) <= limit)
            return false;
        PutAllocationsFirst(function);
        Dictionary<StackAllocateInstruction, FrameUses> uses = FrameUses.Find(function);
        List<StackAllocateInstruction> moved = Choose(function, uses, limit);
        if (moved.Count == 0)
            return false;
        FrameUses all = uses[moved[0]];
        foreach (StackAllocateInstruction allocation in moved.Skip(1))
            all.UnionWith(uses[allocation]);

        var code = new ScratchCode(function, context, ScratchFrame.Of(context));
        (IrBlock block, int index) = ScratchPlace.Find(function, all);
        int length = block.Instructions.Count;
        IrBlock taken = code.Acquire(block, index);
        new ScratchRelease(function, taken, code).Insert(all.IsEscaping, UsesAfter(all, block, length, taken));
        Redirect(function, moved, taken, code.Slot);
        return true;
    }

    private static List<StackAllocateInstruction> Choose(
        IrFunction function, Dictionary<StackAllocateInstruction, FrameUses> uses, int limit)
    {
        var moved = new List<StackAllocateInstruction>();
        int left = FrameBudget.AllocatedBy(function);
        foreach (StackAllocateInstruction allocation in uses.Keys.OrderByDescending(a => a.Size))
        {
            if (left <= limit)
                break;
            if (uses[allocation].NeedsStack || uses[allocation].Places.Count == 0)
                continue;
            moved.Add(allocation);
            left -= FrameBudget.Rounded(allocation.Size);
        }
        return moved;
    }

    private static void PutAllocationsFirst(IrFunction function)
    {
        List<IrInstruction> entry = function.Entry.Instructions;
        IrInstruction[] ordered = [.. entry.OrderBy(i => i is StackAllocateInstruction ? 0 : 1)];
        entry.Clear();
        entry.AddRange(ordered);
    }

    // The rest of the block where the slot is taken is a block of its own now; its end has stayed the same.
    private static Dictionary<IrBlock, int> UsesAfter(FrameUses uses, IrBlock block, int length, IrBlock taken)
    {
        Dictionary<IrBlock, int> last = uses.Places.ToDictionary(p => p.Key, p => p.Value.Last);
        if (last.Remove(block, out int inBlock))
            last[taken] = inBlock + taken.Instructions.Count - length;
        return last;
    }

    private static void Redirect(IrFunction function, List<StackAllocateInstruction> moved, IrBlock taken, AssumeInstruction slot)
    {
        var replacements = new Replacements();
        int offset = ScratchFrame.HeaderSize;
        int place = taken.Instructions.IndexOf(slot) + 1;
        foreach (StackAllocateInstruction allocation in moved)
        {
            var address = new OffsetInstruction(slot, new IrConstant(IrType.I64, offset)) { Span = allocation.Span };
            taken.Insert(place++, address);
            replacements.Add(allocation, address);
            offset += FrameBudget.Rounded(allocation.Size);
        }
        HashSet<IrInstruction> gone = [.. moved];
        function.Entry.Instructions.RemoveAll(gone.Contains);
        replacements.Apply(function);
    }
}
