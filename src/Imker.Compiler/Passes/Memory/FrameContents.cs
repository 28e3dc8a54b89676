using System.Collections.Immutable;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>What is known to stand in the frame at a place in the program.</summary>
internal sealed class FrameContents
{
    // More is forgotten from the front: it bounds what a merge of two ways costs.
    private const int MaxEntries = 48;

    private readonly ImmutableList<Entry> entries;

    private FrameContents(ImmutableList<Entry> entries) => this.entries = entries;

    /// <summary>Null for the value stands for zeros.</summary>
    private sealed record Entry(StackAllocateInstruction Allocation, int Offset, int Size, IrValue? Value)
    {
        public bool Overlaps(FrameTouch touch) =>
            Allocation == touch.Allocation && Offset < touch.End && touch.Offset < Offset + Size;
    }

    private static FrameContents Nothing { get; } = new([]);

    /// <summary>What all ways agree on; nothing when one is not known yet.</summary>
    public static FrameContents Merge(IEnumerable<FrameContents?> ways)
    {
        FrameContents? merged = null;
        foreach (FrameContents? way in ways)
        {
            if (way is null)
                return Nothing;
            merged = merged is null || merged == way ? way : new FrameContents(merged.entries.RemoveAll(e => !way.entries.Contains(e)));
        }
        return merged ?? Nothing;
    }

    /// <summary>The value that a load of these bytes gives; null when it is not known.</summary>
    public IrValue? Find(FrameTouch bytes, IrType type)
    {
        foreach (Entry entry in entries)
        {
            if (entry.Allocation != bytes.Allocation || entry.Offset > bytes.Offset || entry.Offset + entry.Size < bytes.End)
                continue;
            if (entry.Value is null)
                return type.IsInteger ? new IrConstant(type, 0) : null;
            if (entry.Offset == bytes.Offset && entry.Value.Type == type)
                return entry.Value;
            return entry.Value is IrConstant { Type.IsInteger: true } constant && type.IsInteger && type != IrType.Bool
                ? new IrConstant(type, constant.Value >>> (8 * (bytes.Offset - entry.Offset)))
                : null;
        }
        return null;
    }

    public FrameContents With(FrameTouch bytes, IrValue? value)
    {
        ImmutableList<Entry> kept = Without(bytes).entries;
        return new FrameContents((kept.Count < MaxEntries ? kept : kept.RemoveAt(0)).Add(new Entry(bytes.Allocation, bytes.Offset, bytes.Size, value)));
    }

    /// <summary>Forgets what stood in the bytes; zeros beside them stay known.</summary>
    public FrameContents Without(FrameTouch bytes)
    {
        ImmutableList<Entry> kept = entries.RemoveAll(e => e.Overlaps(bytes));
        if (kept.Count == entries.Count)
            return this;
        foreach (Entry entry in entries.Where(e => e.Value is null && e.Overlaps(bytes)))
        {
            if (entry.Offset < bytes.Offset)
                kept = kept.Add(entry with { Size = bytes.Offset - entry.Offset });
            if (entry.Offset + entry.Size > bytes.End)
                kept = kept.Add(entry with { Offset = bytes.End, Size = entry.Offset + entry.Size - bytes.End });
        }
        return new FrameContents(kept);
    }
}
