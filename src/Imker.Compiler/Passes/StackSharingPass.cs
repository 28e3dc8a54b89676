using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Lets allocations of the frame that are never needed at the same time share their bytes. A script of a thousand statements has
/// a thousand keys, and the stack 512 bytes.
/// </summary>
public static class StackSharingPass
{
    /// <summary>The stretch between the first and the last use, in blocks laid out in reverse postorder.</summary>
    private sealed record Interval(StackAllocateInstruction Allocation, (int Block, int Index) Start, (int Block, int Index) End);

    private sealed class Slot
    {
        public int Size { get; set; }

        public int Alignment { get; set; }

        public (int Block, int Index) End { get; set; }

        public List<StackAllocateInstruction> Tenants { get; } = [];
    }

    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (FrameBudget.AllocationsOf(function).Skip(1).FirstOrDefault() is null)
            return false;
        var slots = new List<Slot>();
        foreach (Interval interval in FindIntervals(function).OrderBy(i => i.Start))
            Place(interval, slots);
        if (slots.All(s => s.Tenants.Count == 1))
            return false;
        Replace(function, slots);
        return true;
    }

    private static IEnumerable<Interval> FindIntervals(IrFunction function)
    {
        var order = new ReversePostorder(function);
        var loops = new LoopNest(new DominatorTree(order));
        Dictionary<Loop, (int First, int Last)> extents = loops.Loops.Where(l => l.Parent is null)
            .ToDictionary(l => l, l => (l.Blocks.Min(order.IndexOf), l.Blocks.Max(order.IndexOf)));
        (int, int) end = (order.Blocks.Count, 0);
        foreach ((StackAllocateInstruction allocation, FrameUses uses) in FrameUses.Find(function))
        {
            (int, int) first = end, last = (0, 0);
            foreach ((IrBlock block, (int start, int stop)) in uses.Places)
            {
                if (loops.LoopOf(block)?.Outermost is { } loop)
                {
                    // What a loop leaves in memory may be read in its next round.
                    first = Min(first, (extents[loop].First, 0));
                    last = Max(last, (extents[loop].Last, int.MaxValue));
                }
                else
                {
                    first = Min(first, (order.IndexOf(block), start));
                    last = Max(last, (order.IndexOf(block), stop));
                }
            }
            yield return uses.IsEscaping ? new Interval(allocation, (0, 0), end) : new Interval(allocation, first, last);
        }
    }

    private static (int, int) Min((int, int) one, (int, int) other) => one.CompareTo(other) <= 0 ? one : other;

    private static (int, int) Max((int, int) one, (int, int) other) => one.CompareTo(other) >= 0 ? one : other;

    // The free slot that fits best: the smallest that is large enough, else the largest, which grows.
    private static void Place(Interval interval, List<Slot> slots)
    {
        int size = interval.Allocation.Size;
        Slot? slot = slots.Where(s => s.End.CompareTo(interval.Start) < 0)
            .OrderBy(s => s.Size >= size ? s.Size - size : int.MaxValue - s.Size)
            .FirstOrDefault();
        if (slot is null)
            slots.Add(slot = new Slot());
        slot.Size = Math.Max(slot.Size, size);
        slot.Alignment = Math.Max(slot.Alignment, interval.Allocation.Alignment);
        slot.End = interval.End;
        slot.Tenants.Add(interval.Allocation);
    }

    private static void Replace(IrFunction function, List<Slot> slots)
    {
        var replacements = new Replacements();
        foreach (Slot slot in slots.Where(s => s.Tenants.Count > 1))
        {
            StackAllocateInstruction first = slot.Tenants[0];
            var shared = new StackAllocateInstruction(slot.Size, slot.Alignment, first.Name) { Span = first.Span, Block = first.Block };
            List<IrInstruction> entry = function.Entry.Instructions;
            entry[entry.IndexOf(first)] = shared;
            foreach (StackAllocateInstruction tenant in slot.Tenants)
                replacements.Add(tenant, shared);
            HashSet<IrInstruction> others = [.. slot.Tenants];
            entry.RemoveAll(others.Contains);
        }
        replacements.Apply(function);
    }
}
