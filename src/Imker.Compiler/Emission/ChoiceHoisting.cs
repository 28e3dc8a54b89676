using Imker.Bytecode;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>
/// Where both ways of a branch only give registers their values and meet again, gives the values of one way before the branch:
/// <c>r1 = 1; if … goto +1; r1 = 0</c> instead of two ways with a jump.
/// </summary>
internal static class ChoiceHoisting
{
    private static readonly byte[] Moves =
    [
        Instruction.Mov(Register.R0, Register.R0).Opcode, Instruction.Mov(Register.R0, 0).Opcode,
        Instruction.Mov32(Register.R0, Register.R0).Opcode, Instruction.Mov32(Register.R0, 0).Opcode,
    ];

    public static void Run(List<CodeBlock> blocks)
    {
        var predecessors = new Dictionary<CodeBlock, int>();
        foreach (CodeBlock successor in blocks.SelectMany(block => block.Successors))
            predecessors[successor] = predecessors.GetValueOrDefault(successor) + 1;
        foreach (CodeBlock block in blocks)
        {
            if (block.End != LirEnd.Branch)
                continue;
            (CodeBlock first, CodeBlock second) = (block.Successors[0], block.Successors[1]);
            if (predecessors[first] != 1 || predecessors[second] != 1 || !Meet(first, second))
                continue;
            if (!TryHoist(block, 0, second))
                TryHoist(block, 1, first);
        }
    }

    private static bool Meet(CodeBlock first, CodeBlock second) =>
        first.End == LirEnd.Jump && second.End == LirEnd.Jump && first.Successors[0] == second.Successors[0];

    private static bool TryHoist(CodeBlock block, int way, CodeBlock other)
    {
        CodeBlock hoisted = block.Successors[way];
        int written = 0;
        // What was tested is copied behind the test: older verifiers do not see that a copy has passed it too.
        int tested = 1 << (int)block.Test.Dst | (block.Test.UsesSourceRegister ? 1 << (int)block.Test.Src : 0);
        foreach (CodeLine line in hoisted.Lines)
        {
            if (!IsMove(line.Instruction) || ReadsAny(line.Instruction, tested, readsDst: false))
                return false;
            written |= 1 << (int)line.Instruction.Dst;
        }
        if (ReadsAny(block.Test, written, readsDst: true) || !OverwritesAll(other, written))
            return false;
        block.Lines.AddRange(hoisted.Lines);
        block.Successors[way] = hoisted.Successors[0];
        hoisted.Lines.Clear();
        return true;
    }

    private static bool OverwritesAll(CodeBlock block, int registers)
    {
        foreach (CodeLine line in block.Lines)
        {
            if (!IsMove(line.Instruction) || ReadsAny(line.Instruction, registers, readsDst: false))
                return false;
            registers &= ~(1 << (int)line.Instruction.Dst);
        }
        return registers == 0;
    }

    private static bool IsMove(Instruction instruction) => instruction.IsWideLoad || Moves.Contains(instruction.Opcode);

    private static bool ReadsAny(Instruction instruction, int registers, bool readsDst)
    {
        if (readsDst && (registers >> (int)instruction.Dst & 1) != 0)
            return true;
        return !instruction.IsWideLoad && instruction.UsesSourceRegister && (registers >> (int)instruction.Src & 1) != 0;
    }
}
