using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Bytecode;

/// <summary>Instructions with labels before layout. A relaxation reads one stream and writes another.</summary>
internal sealed class CodeStream
{
    public List<Instruction> Instructions { get; } = [];

    /// <summary>Each bound label with the index of the instruction it stands before.</summary>
    public Dictionary<Label, int> Labels { get; } = [];

    private List<SourceSpan> Spans { get; } = [];

    public void Add(Instruction instruction, SourceSpan span)
    {
        Instructions.Add(instruction);
        Spans.Add(span);
    }

    public SourceSpan SpanOf(int index) => Spans[index];

    /// <summary>The slot of each instruction, and at the end the number of slots.</summary>
    public int[] Slots()
    {
        int[] slots = new int[Instructions.Count + 1];
        for (int i = 0; i < Instructions.Count; i++)
            slots[i + 1] = slots[i] + Instructions[i].SlotCount;
        return slots;
    }

    /// <summary>The jumps with a 16-bit distance whose target is farther than that many slots, in ascending order.</summary>
    public List<int> FindUnreached(int reach)
    {
        int[] slots = Slots();
        var unreached = new List<int>();
        for (int i = 0; i < Instructions.Count; i++)
        {
            if (Instructions[i] is { Reference: Label label, IsLongJump: false }
                && slots[Labels[label]] - slots[i + 1] is var distance && (distance < ~reach || distance > reach))
                unreached.Add(i);
        }
        return unreached;
    }

    public Code ToCode()
    {
        int[] slots = Slots();
        var resolved = ImmutableArray.CreateBuilder<Instruction>(Instructions.Count);
        for (int i = 0; i < Instructions.Count; i++)
        {
            Instruction instruction = Instructions[i];
            if (instruction.Reference is Label label)
                instruction = WithDistance(instruction, slots[Labels[label]] - slots[i + 1]);
            resolved.Add(instruction);
        }
        bool hasSpans = Spans.Exists(span => !span.IsNone);
        return new Code(resolved.MoveToImmutable(), hasSpans ? [.. Spans] : [], Labels.ToImmutableDictionary());
    }

    private static Instruction WithDistance(Instruction jump, int distance) =>
        jump.IsLongJump ? jump.WithConstant(distance) : jump.WithReference(null).WithOffset(checked((short)distance));
}
