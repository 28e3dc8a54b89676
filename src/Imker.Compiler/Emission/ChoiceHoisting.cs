using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>
/// Where one way of a branch does nothing but give registers their values, and the other way gives them others, the first are given
/// before the branch: <c>r1 = 1; if … goto +1; r1 = 0</c> instead of two ways with a jump.
/// </summary>
internal static class ChoiceHoisting
{
    public static void Run(List<CodeBlock> blocks)
    {
        var predecessors = new Dictionary<CodeBlock, int>();
        foreach (CodeBlock successor in blocks.SelectMany(block => block.Successors))
            predecessors[successor] = predecessors.GetValueOrDefault(successor) + 1;
        foreach (CodeBlock block in blocks)
        {
            if (block.End != LirEnd.Branch || block.Successors.Any(successor => predecessors[successor] != 1))
                continue;
            if (!TryHoist(block, 0))
                TryHoist(block, 1);
        }
    }

    private static bool TryHoist(CodeBlock block, int way)
    {
        CodeBlock hoisted = block.Successors[way];
        if (hoisted.End != LirEnd.Jump || hoisted.Lines.Count == 0)
            return false;
        // What was tested is copied behind the test: older verifiers do not see that a copy has passed it too.
        int tested = RegisterUse.Reads(block.Test);
        int written = 0;
        foreach (CodeLine line in hoisted.Lines)
        {
            if (!RegisterUse.IsMove(line.Instruction) || (RegisterUse.Reads(line.Instruction) & tested) != 0)
                return false;
            written |= RegisterUse.Writes(line.Instruction);
        }
        if ((tested & written) != 0 || !Overwrites(block.Successors[1 - way], written))
            return false;
        block.Lines.AddRange(hoisted.Lines);
        block.Successors[way] = hoisted.Successors[0];
        hoisted.Lines.Clear();
        return true;
    }

    /// <summary>All of the registers get other values before they are read.</summary>
    private static bool Overwrites(CodeBlock block, int registers)
    {
        foreach (CodeLine line in block.Lines)
        {
            if ((RegisterUse.Reads(line.Instruction) & registers) != 0)
                return false;
            // A call leaves R1 to R5 without a value: whoever comes behind it writes them first.
            registers &= ~RegisterUse.Writes(line.Instruction);
        }
        return registers == 0;
    }
}
