using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Allocation;

/// <summary>The memory below R10, filled downwards.</summary>
internal sealed class Frame
{
    /// <summary>Bytes of a spilled value.</summary>
    public const int SpillSize = 8;

    /// <summary>Bytes in use.</summary>
    public int Size { get; private set; }

    public static Frame Of(LirFunction function, IEnumerable<LiveValue?> values)
    {
        var frame = new Frame();
        foreach (FrameSlot slot in function.Slots.OrderByDescending(slot => slot.Alignment))
            frame.Place(slot);
        frame.PlaceSpilled(values.OfType<LiveValue>().Where(value => value.IsSpilled));
        return frame;
    }

    public FrameSlot AddSpill()
    {
        var slot = new FrameSlot(SpillSize, SpillSize, "spill", SourceSpan.None);
        Place(slot);
        return slot;
    }

    private void Place(FrameSlot slot)
    {
        int alignment = Math.Max(slot.Alignment, 1);
        Size = (Size + slot.Size + alignment - 1) / alignment * alignment;
        slot.Offset = -Size;
    }

    // Values whose lives do not overlap share memory.
    private void PlaceSpilled(IEnumerable<LiveValue> spilled)
    {
        var free = new PriorityQueue<FrameSlot, int>();
        foreach (LiveValue value in spilled.OrderBy(value => value.Start))
        {
            value.Slot = free.TryPeek(out _, out int end) && end <= value.Start ? free.Dequeue() : AddSpill();
            free.Enqueue(value.Slot, value.End);
        }
    }
}
