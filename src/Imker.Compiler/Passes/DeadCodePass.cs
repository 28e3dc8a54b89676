using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Removes instructions without effect whose results nothing with an effect needs, circles of phis among them.</summary>
public static class DeadCodePass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashSet<IrInstruction> needed = FindNeeded(function);
        int removed = 0;
        foreach (IrBlock block in function.Blocks)
        {
            removed += block.Phis.RemoveAll(phi => !needed.Contains(phi));
            removed += block.Instructions.RemoveAll(instruction => !needed.Contains(instruction));
        }
        return removed > 0;
    }

    private static HashSet<IrInstruction> FindNeeded(IrFunction function)
    {
        var needed = new HashSet<IrInstruction>(function.CountInstructions());
        var work = new Stack<IrInstruction>();
        foreach (IrInstruction instruction in function.Instructions())
        {
            if (!instruction.IsDroppable() && needed.Add(instruction))
                work.Push(instruction);
        }
        while (work.TryPop(out IrInstruction? instruction))
        {
            foreach (IrValue operand in instruction.Operands)
            {
                if (operand is IrInstruction definition && needed.Add(definition))
                    work.Push(definition);
            }
        }
        return needed;
    }
}
