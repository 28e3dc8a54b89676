using Imker.Bytecode;

namespace Imker.Compiler.Lir;

internal enum LirSourceKind : byte
{
    /// <summary>A register, plus a constant.</summary>
    Register,
    Constant,

    /// <summary>The address of a frame slot, plus a constant.</summary>
    Frame,

    /// <summary>What one instruction without operands gives: the address of a map, of global data, of a function.</summary>
    Symbol,
}

/// <summary>
/// A value that is moved somewhere as a whole: an argument, an input of a phi, a result. All but registers are made where they are
/// needed and never occupy one before.
/// </summary>
/// <param name="Kind">Which of the others are meant.</param>
/// <param name="Register">For <see cref="LirSourceKind.Register"/>.</param>
/// <param name="Value">The constant, or what is added to the others.</param>
/// <param name="Slot">For <see cref="LirSourceKind.Frame"/>.</param>
/// <param name="Symbol">For <see cref="LirSourceKind.Symbol"/>: its destination is replaced.</param>
internal readonly record struct LirSource(
    LirSourceKind Kind, int Register, long Value = 0, FrameSlot? Slot = null, Instruction Symbol = default)
{
    public static LirSource OfRegister(int register, long added = 0) => new(LirSourceKind.Register, register, added);

    public static LirSource OfConstant(long value) => new(LirSourceKind.Constant, LirRegister.None, value);

    public static LirSource OfFrame(FrameSlot slot, long added) => new(LirSourceKind.Frame, LirRegister.None, added, slot);

    public static LirSource OfSymbol(Instruction symbol, long added = 0) => new(LirSourceKind.Symbol, LirRegister.None, added, null, symbol);

    public bool IsRegister => Kind == LirSourceKind.Register;
}
