using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>
/// Which register each value would best be in, so that moves vanish: that of the argument it ends as, of the result it comes from, of
/// the operand that its instruction changes in place, of the phi that it flows into.
/// </summary>
internal static class Preferences
{
    public static void Find(LirFunction function, Positions positions, LiveValue?[] values)
    {
        for (int b = function.Blocks.Count - 1; b >= 0; b--)
        {
            LirBlock block = function.Blocks[b];
            if (block.End == LirEnd.Return)
                Prefer(values, block.Result, LirRegister.Result);
            for (int i = block.Instructions.Count - 1; i >= 0; i--)
                Find(block.Instructions[i], positions.Of(block, i), values);
            foreach (LirPhi phi in block.Phis)
                Relate(phi, values);
            if (block.Phis.Count > 0 && ChoiceOf(block) is { } test)
                AvoidOperands(block.Phis, test, values);
        }
        for (int i = 0; i < function.Parameters.Length; i++)
        {
            if (function.Parameters[i] != LirRegister.None)
                values[function.Parameters[i]]!.Preferred = LirRegister.FirstArgument + i;
        }
    }

    private static void Find(LirInstruction instruction, int position, LiveValue?[] values)
    {
        for (int i = 0; i < instruction.Arguments.Length; i++)
            Prefer(values, instruction.Arguments[i], LirRegister.FirstArgument + i);
        if (instruction.Definition == LirRegister.None)
            return;
        LiveValue definition = values[instruction.Definition]!;
        if (instruction.IsRepeatable)
            definition.Repeatable = instruction;
        if (instruction.Form == LirForm.Call)
            definition.Preferred = LirRegister.Result;
        if (!instruction.IsTied)
            return;
        LiveValue operand = values[instruction.First]!;
        if (operand.Parts[0].Covers(position + Positions.Write))
            return;
        definition.Related.Add(operand);
        if (operand.Preferred == LirRegister.None)
            operand.Preferred = definition.Preferred;
    }

    private static void Relate(LirPhi phi, LiveValue?[] values)
    {
        LiveValue definition = values[phi.Definition]!;
        foreach (LirSource input in phi.Inputs)
        {
            if (!input.IsRegister || input.Value != 0)
                continue;
            LiveValue value = values[input.Register]!;
            value.Related.Add(definition);
            definition.Related.Add(value);
            if (value.Preferred == LirRegister.None)
                value.Preferred = definition.Preferred;
        }
    }

    // The branch whose two ways do nothing but meet in the block: one way's values can then be given before it.
    private static LirInstruction? ChoiceOf(LirBlock block)
    {
        if (block.Predecessors is not [{ Predecessors: [var first], Instructions.Count: 0 }, { Predecessors: [var second], Instructions.Count: 0 }])
            return null;
        return first == second ? first.Test : null;
    }

    private static void AvoidOperands(List<LirPhi> phis, LirInstruction test, LiveValue?[] values)
    {
        foreach (LirPhi phi in phis)
        {
            foreach (int operand in (ReadOnlySpan<int>)[test.First, test.Second])
            {
                if (LirRegister.IsVirtual(operand))
                    values[phi.Definition]!.Avoided.Add(values[operand]!);
            }
        }
    }

    private static void Prefer(LiveValue?[] values, LirSource source, int register)
    {
        if (source.IsRegister && source.Value == 0 && values[source.Register]!.Preferred == LirRegister.None)
            values[source.Register]!.Preferred = register;
    }
}
