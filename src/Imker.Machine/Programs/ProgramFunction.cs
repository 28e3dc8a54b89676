namespace Imker.Machine;

/// <summary>A function of a program and the slots that it takes.</summary>
/// <param name="Name">As its object names it, or <c>function_N</c> after its first slot.</param>
/// <param name="Start">Its first slot.</param>
/// <param name="End">The slot behind its last.</param>
public readonly record struct ProgramFunction(string Name, int Start, int End)
{
    /// <summary>Slots of eight bytes.</summary>
    public int SlotCount => End - Start;
}
