using Imker.Diagnostics;

namespace Imker.Bytecode;

/// <summary>
/// Collects instructions whose jumps go to labels, and lays them out. Targets out of a jump's reach are reached by <c>gotol</c> or by
/// islands of jumps.
/// </summary>
public sealed class CodeBuilder
{
    // More than the kernel takes in one program. Where more targets are far than islands can serve, islands would be added for ever.
    private const int MaxSlots = 1_000_000;

    /// <summary>The slots that a 16-bit jump can go forward.</summary>
    public const int MaxReach = short.MaxValue;

    /// <summary>Less makes no sense: islands need room between them.</summary>
    public const int MinReach = 4096;

    private readonly CodeStream stream = new();

    /// <summary>The number of instructions so far, which is the index that the next one gets. Layout may insert further ones.</summary>
    public int Count => stream.Instructions.Count;

    /// <summary>Recorded with each instruction emitted from now on.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>Adds an instruction. A jump goes to a label: layout may put instructions in between, so a distance has no meaning here.</summary>
    /// <exception cref="ArgumentException">A jump has a distance instead of a label.</exception>
    public void Emit(Instruction instruction)
    {
        if (instruction.IsJump && instruction.Reference is not Label)
            throw new ArgumentException("A jump goes to a label until it is laid out.", nameof(instruction));
        stream.Add(instruction, Span);
    }

    public void Emit(params ReadOnlySpan<Instruction> instructions)
    {
        foreach (Instruction instruction in instructions)
            Emit(instruction);
    }

    /// <summary>Makes the next instruction emitted the target of the label.</summary>
    /// <exception cref="ArgumentException">The label is bound already.</exception>
    public void Bind(Label label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (!stream.Labels.TryAdd(label, Count))
            throw new ArgumentException($"The label '{label}' is bound twice.", nameof(label));
    }

    /// <summary>Resolves all jumps to distances.</summary>
    /// <param name="longJumps">Whether <c>gotol</c> may be used (ISA v4, kernel 6.6).</param>
    /// <param name="reach">
    /// The slots that a 16-bit jump may go forward (backward one more): <see cref="MaxReach"/>, or less where whoever loads the code
    /// puts further instructions between. At least <see cref="MinReach"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// A jump goes to a label that is not bound, or past the last instruction; or the code is so long that its jumps cannot reach.
    /// </exception>
    public Code ToCode(bool longJumps = false, int reach = MaxReach)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, MinReach);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reach, MaxReach);
        CodeStream laidOut = stream;
        foreach (Instruction instruction in stream.Instructions)
            CheckTarget(instruction);
        for (List<int> unreached = laidOut.FindUnreached(reach); unreached.Count > 0; unreached = laidOut.FindUnreached(reach))
        {
            if (laidOut.Instructions.Count > MaxSlots)
                throw new InvalidOperationException($"The jumps do not reach their targets within the {MaxSlots} slots of a program.");
            laidOut = longJumps ? LongJumpRelaxation.Apply(laidOut, unreached) : IslandRelaxation.Apply(laidOut, unreached, reach);
        }
        return laidOut.ToCode();
    }

    private void CheckTarget(Instruction instruction)
    {
        if (instruction.Reference is not Label label)
            return;
        if (!stream.Labels.TryGetValue(label, out int index))
            throw new InvalidOperationException($"The label '{label}' is jumped to but not bound.");
        if (index == Count)
            throw new InvalidOperationException($"The label '{label}' is bound past the last instruction.");
    }
}
