using Imker.Compiler.Lir;

namespace Imker.Compiler.Allocation;

/// <summary>A machine register or a slot of the frame.</summary>
internal readonly record struct Place(int Register, FrameSlot? Slot)
{
    public static Place Of(int register) => new(register, null);

    public static Place Of(FrameSlot slot) => new(LirRegister.None, slot);

    public bool IsRegister => Slot is null;
}

/// <summary>
/// One of several moves that happen at once. It comes from another place, or from a source that occupies none.
/// </summary>
/// <param name="To">Where it goes.</param>
/// <param name="From">Null when <paramref name="Source"/> is no register.</param>
/// <param name="Source">What is moved; of a register only what is added to it counts.</param>
internal readonly record struct Move(Place To, Place? From, LirSource Source)
{
    public bool IsNothing => From == To && Source.Value == 0;
}
