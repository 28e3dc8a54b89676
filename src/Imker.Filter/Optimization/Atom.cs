using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// What statements use and define, by number: the scratch cells from 0 on, then the two registers. Sets of them are the bits of a number.
/// </summary>
internal static class Atom
{
    public const int Accumulator = ClassicProgram.CellCount, Index = Accumulator + 1, Count = Index + 1;

    /// <summary>The set of all scratch cells.</summary>
    public const uint AllCells = (1u << ClassicProgram.CellCount) - 1;

    /// <summary>Every atom that a statement reads, as a set.</summary>
    public static uint UsesOf(FilterStatement statement)
    {
        const uint a = 1u << Accumulator, x = 1u << Index;
        if (statement.IsNop)
            return 0;
        switch ((ClassicClass)(statement.Code & 7))
        {
            case ClassicClass.Load or ClassicClass.LoadIndex:
                return IsIndirect(statement.Code) ? x : IsCell(statement.Code) ? 1u << (int)statement.K : 0;
            case ClassicClass.Store:
                return a;
            case ClassicClass.StoreIndex:
                return x;
            case ClassicClass.Arithmetic or ClassicClass.Jump:
                return (statement.Code & ClassicOpcode.IndexSource) != 0 ? a | x : a;
            case ClassicClass.Transfer:
                return statement.Code == ClassicOpcode.AccumulatorFromIndex ? x : a;
            default:
                return statement.Code == ClassicOpcode.ReturnAccumulator ? a : 0;
        }
    }

    /// <summary>The atom that a statement writes; −1 for none.</summary>
    public static int DefinedBy(FilterStatement statement)
    {
        if (statement.IsNop)
            return -1;
        return (ClassicClass)(statement.Code & 7) switch
        {
            ClassicClass.Load or ClassicClass.Arithmetic => Accumulator,
            ClassicClass.LoadIndex => Index,
            ClassicClass.Store or ClassicClass.StoreIndex => (int)statement.K,
            ClassicClass.Transfer => statement.Code == ClassicOpcode.IndexFromAccumulator ? Index : Accumulator,
            _ => -1,
        };
    }

    private static bool IsIndirect(ushort code) => (code & ClassicOpcode.ModeMask) == (ClassicOpcode.LoadIndirectWord & ClassicOpcode.ModeMask);

    private static bool IsCell(ushort code) => (code & ClassicOpcode.ModeMask) == (ClassicOpcode.LoadCell & ClassicOpcode.ModeMask);
}
