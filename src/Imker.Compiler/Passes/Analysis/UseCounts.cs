using System.Runtime.InteropServices;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>How many operands name each value, kept while instructions are replaced.</summary>
internal sealed class UseCounts
{
    private readonly Dictionary<IrValue, int> counts;

    public UseCounts(IrFunction function)
    {
        counts = new Dictionary<IrValue, int>(function.CountInstructions());
        foreach (IrInstruction instruction in function.Instructions())
            Add(instruction.Operands, 1);
    }

    public int Of(IrValue value) => counts.GetValueOrDefault(value);

    /// <summary>The users of an instruction without effects have gone over to another value.</summary>
    public void Replace(IrInstruction old, IrValue other)
    {
        if (other is IrInstruction { Block: null } made)
            Add(made.Operands, 1);
        Add(old.Operands, -1);
        if (other is not IrConstant)
            counts[other] = Of(other) + Of(old);
        counts[old] = 0;
    }

    private void Add(IrValue[] operands, int count)
    {
        foreach (IrValue operand in operands)
        {
            if (operand is not IrConstant)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, operand, out _) += count;
        }
    }
}
