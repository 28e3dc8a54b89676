using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Bytecode;

/// <summary>
/// The instructions of one function or section after layout: jumps carry distances in slots, every other reference may still be
/// symbolic. Instructions are counted by index; a wide load is one instruction and two slots.
/// </summary>
public sealed class Code
{
    private readonly ImmutableArray<int> slots;
    private readonly ImmutableArray<SourceSpan> spans;
    private readonly ImmutableDictionary<Label, int> labels;

    /// <summary>Takes instructions that are already laid out, such as decoded ones.</summary>
    /// <param name="instructions">None refers to a label.</param>
    /// <exception cref="ArgumentException">An instruction refers to a label.</exception>
    public Code(ImmutableArray<Instruction> instructions)
        : this(instructions, [], ImmutableDictionary<Label, int>.Empty)
    {
    }

    internal Code(
        ImmutableArray<Instruction> instructions, ImmutableArray<SourceSpan> spans, ImmutableDictionary<Label, int> labels)
    {
        Instructions = instructions.IsDefault ? [] : instructions;
        this.spans = spans;
        this.labels = labels;
        slots = SlotsOf(Instructions);
    }

    public static Code Empty { get; } = new([]);

    public ImmutableArray<Instruction> Instructions { get; }

    /// <summary>The length in slots of eight bytes.</summary>
    public int SlotCount => slots[^1];

    /// <summary>The labels bound while the code was built, each with the index of the instruction it stands before.</summary>
    public IReadOnlyDictionary<Label, int> Labels => labels;

    /// <summary>The slot where an instruction starts; for the index past the last one, <see cref="SlotCount"/>.</summary>
    public int SlotOf(int index) => slots[index];

    /// <summary>The instruction that starts at a slot; false for the second half of a wide load and for slots outside.</summary>
    public bool TryGetIndex(int slot, out int index)
    {
        index = slots.BinarySearch(slot);
        return index >= 0 && index < Instructions.Length;
    }

    /// <summary>The instruction that a jump goes to; false when it is no jump, or goes outside or into a wide load.</summary>
    public bool TryGetJumpTarget(int index, out int target)
    {
        target = -1;
        Instruction instruction = Instructions[index];
        return instruction.IsJump && TryGetIndex(slots[index + 1] + instruction.JumpDistance, out target);
    }

    /// <summary>The source that an instruction came from; <see cref="SourceSpan.None"/> where none was given.</summary>
    public SourceSpan SpanOf(int index) => spans.IsDefaultOrEmpty ? SourceSpan.None : spans[index];

    /// <summary>The same code with each instruction replaced: how references are resolved.</summary>
    /// <param name="replace">Gets index and instruction; what it returns takes as many slots.</param>
    /// <exception cref="ArgumentException">A replacement takes another number of slots or refers to a label.</exception>
    public Code Replace(Func<int, Instruction, Instruction> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        var builder = ImmutableArray.CreateBuilder<Instruction>(Instructions.Length);
        for (int i = 0; i < Instructions.Length; i++)
        {
            Instruction replacement = replace(i, Instructions[i]);
            if (replacement.SlotCount != Instructions[i].SlotCount)
                throw new ArgumentException($"The replacement of instruction {i} takes another number of slots.", nameof(replace));
            builder.Add(replacement);
        }
        return new Code(builder.MoveToImmutable(), spans, labels);
    }

    private static ImmutableArray<int> SlotsOf(ImmutableArray<Instruction> instructions)
    {
        var builder = ImmutableArray.CreateBuilder<int>(instructions.Length + 1);
        int slot = 0;
        foreach (Instruction instruction in instructions)
        {
            if (instruction.Reference is Label label)
                throw new ArgumentException($"The jump to '{label}' has not been laid out.", nameof(instructions));
            builder.Add(slot);
            slot += instruction.SlotCount;
        }
        builder.Add(slot);
        return builder.MoveToImmutable();
    }
}
