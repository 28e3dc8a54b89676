using Imker.Bytecode;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>Where a branch has found a register equal to a constant, it need not be given that constant: a null pointer is zero already.</summary>
internal static class EdgeConstants
{
    public static void Run(List<CodeBlock> blocks)
    {
        var predecessors = new Dictionary<CodeBlock, int>();
        foreach (CodeBlock successor in blocks.SelectMany(block => block.Successors))
            predecessors[successor] = predecessors.GetValueOrDefault(successor) + 1;
        foreach (CodeBlock block in blocks)
        {
            if (block.End != LirEnd.Branch || EqualSuccessor(block.Test) is not { } way)
                continue;
            CodeBlock equal = block.Successors[way];
            if (predecessors[equal] == 1)
                RemoveFirst(equal, Instruction.Mov(block.Test.Dst, (int)block.Test.Constant));
        }
    }

    /// <summary>The index of the successor where the test has found a register equal to its constant, if there is one.</summary>
    public static int? EqualSuccessor(Instruction test)
    {
        if (test.Class != InstructionClass.Jmp || test.UsesSourceRegister)
            return null;
        return test.Condition switch
        {
            JumpCondition.Equal => 0,
            JumpCondition.NotEqual => 1,
            _ => null,
        };
    }

    // Moves before it that write another register do not matter.
    private static void RemoveFirst(CodeBlock block, Instruction move)
    {
        for (int i = 0; i < block.Lines.Count && RegisterUse.IsMove(block.Lines[i].Instruction); i++)
        {
            if (block.Lines[i].Instruction == move)
            {
                block.Lines.RemoveAt(i);
                return;
            }
            if (block.Lines[i].Instruction.Dst == move.Dst)
                return;
        }
    }
}
