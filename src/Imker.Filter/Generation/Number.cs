namespace Imker.Filter.Generation;

/// <summary>A computation as code: the statements, the cell that holds the result, and what must hold of the packet for it to have one.</summary>
internal sealed class Number(StatementList code, int cell)
{
    public StatementList Code { get; } = code;

    public int Cell { get; set; } = cell;

    /// <summary>Null when the computation works on every packet.</summary>
    public Condition? Guard { get; set; }

    /// <summary>The value, when the code does nothing but put it into the cell.</summary>
    public uint? Constant { get; init; }
}
