using System.Runtime.InteropServices;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Ways over the instructions of a function.</summary>
internal static class IrWalk
{
    /// <summary>Phis, instructions and ends of all blocks, in the order of the blocks.</summary>
    public static IEnumerable<IrInstruction> Instructions(this IrFunction function)
    {
        foreach (IrBlock block in function.Blocks)
        {
            foreach (PhiInstruction phi in block.Phis)
                yield return phi;
            foreach (IrInstruction instruction in block.Instructions)
                yield return instruction;
            if (block.Terminator is { } terminator)
                yield return terminator;
        }
    }

    /// <summary>How many <see cref="Instructions"/> there are: what tables of values grow to, which then are made in one piece.</summary>
    public static int CountInstructions(this IrFunction function)
    {
        int count = 0;
        foreach (IrBlock block in function.Blocks)
            count += block.Phis.Count + block.Instructions.Count + 1;
        return count;
    }

    /// <summary>The instructions that use each value, once for each operand.</summary>
    public static Dictionary<IrValue, List<IrInstruction>> Uses(this IrFunction function)
    {
        var uses = new Dictionary<IrValue, List<IrInstruction>>(function.CountInstructions());
        foreach (IrInstruction instruction in function.Instructions())
        {
            foreach (IrValue operand in instruction.Operands)
            {
                if (operand is IrConstant)
                    continue;
                ref List<IrInstruction>? users = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, operand, out _);
                (users ??= new List<IrInstruction>(1)).Add(instruction);
            }
        }
        return uses;
    }

    /// <summary>May be left out when nothing uses its result.</summary>
    public static bool IsDroppable(this IrInstruction instruction) =>
        !instruction.IsTerminator && (instruction.Effects & (IrEffects.WritesMemory | IrEffects.Other)) == 0;
}
