using Imker.Objects;

namespace Imker.Linux;

/// <summary>A function and the slots that it takes in a program.</summary>
/// <param name="Spec">The function.</param>
/// <param name="Start">Its first slot.</param>
/// <param name="End">The slot behind its last.</param>
internal readonly record struct PlacedFunction(FunctionSpec Spec, int Start, int End)
{
    internal static PlacedFunction At(int start, FunctionSpec spec)
    {
        int end = start;
        foreach (Bytecode.Instruction instruction in spec.Instructions)
            end += instruction.SlotCount;
        return new PlacedFunction(spec, start, end);
    }

    /// <summary>The slot in the program where an instruction starts.</summary>
    internal int SlotOf(int index)
    {
        int slot = Start;
        for (int i = 0; i < index; i++)
            slot += Spec.Instructions[i].SlotCount;
        return slot;
    }

    /// <summary>The instruction that a slot of the program belongs to.</summary>
    internal int IndexOf(int slot)
    {
        int index = 0;
        for (int next = Start + Spec.Instructions[0].SlotCount; next <= slot; next += Spec.Instructions[index].SlotCount)
            index++;
        return index;
    }
}
