using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Values that turned out to be others. All uses are renamed in one walk over the function.</summary>
internal sealed class Replacements
{
    private readonly Dictionary<IrValue, IrValue> others = [];

    public int Count => others.Count;

    public void Add(IrInstruction value, IrValue other)
    {
        IrValue resolved = Resolve(other);
        if (resolved != value)
            others[value] = resolved;
    }

    /// <summary>What stands for a value now.</summary>
    public IrValue Resolve(IrValue value)
    {
        if (!others.TryGetValue(value, out IrValue? other))
            return value;
        IrValue last = other;
        while (others.TryGetValue(last, out IrValue? next))
            last = next;
        for (IrValue step = value; step != last; step = other)
        {
            other = others[step];
            others[step] = last;
        }
        return last;
    }

    /// <summary>Renames what an instruction uses.</summary>
    public void Apply(IrInstruction instruction)
    {
        IrValue[] operands = instruction.Operands;
        for (int i = 0; i < operands.Length; i++)
            operands[i] = Resolve(operands[i]);
    }

    /// <summary>Renames all uses in a function. The replaced instructions stay, unused.</summary>
    public bool Apply(IrFunction function)
    {
        if (others.Count == 0)
            return false;
        foreach (IrInstruction instruction in function.Instructions())
            Apply(instruction);
        return true;
    }
}
