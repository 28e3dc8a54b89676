using Imker.Bytecode;
using Imker.Compiler.Emission;
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
            AvoidTested(block, values);
            if (block.Test is { } test)
                MarkBounded(test, values);
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
        operand.Heir = definition;
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

    // An input that is made on an edge from a branch can be made before the branch instead, if it does not overwrite what is tested.
    private static void AvoidTested(LirBlock block, LiveValue?[] values)
    {
        foreach (LirPhi phi in block.Phis)
        {
            for (int i = 0; i < phi.Inputs.Length; i++)
            {
                if (block.Predecessors[i] is not { Instructions.Count: 0, Predecessors: [{ Test: { } test } branch] } edge)
                    continue;
                if (IsKnown(phi.Inputs[i], edge, branch))
                    values[phi.Definition]!.Related.Add(values[test.First]!);
                else
                    Avoid(values[phi.Definition]!, test, values);
            }
        }
    }

    // The tested register already holds the input.
    private static bool IsKnown(LirSource input, LirBlock edge, LirBlock branch) =>
        input.Kind == LirSourceKind.Constant && branch.Test is { } test && input.Value == test.Template.Constant
        && EdgeConstants.EqualSuccessor(test.Template) is { } way && branch.Successors[way] == edge;

    private static void Avoid(LiveValue value, LirInstruction test, LiveValue?[] values)
    {
        foreach (int operand in (ReadOnlySpan<int>)[test.First, test.Second])
        {
            if (LirRegister.IsVirtual(operand))
                value.Avoided.Add(values[operand]!);
        }
    }

    // Equality says nothing about a range.
    private static void MarkBounded(LirInstruction test, LiveValue?[] values)
    {
        if (test.Template.Condition is not (JumpCondition.Equal or JumpCondition.NotEqual) && LirRegister.IsVirtual(test.First))
            values[test.First]!.IsBounded = true;
    }

    private static void Prefer(LiveValue?[] values, LirSource source, int register)
    {
        if (source.IsRegister && source.Value == 0 && values[source.Register]!.Preferred == LirRegister.None)
            values[source.Register]!.Preferred = register;
    }
}
