namespace Imker.Filter;

/// <summary>
/// A filter as a directed graph of blocks, acyclic, that ends in two returns: what the code generator makes, the optimizer changes and
/// emission lays out. The order in which blocks were made says nothing; all passes number them from the root.
/// </summary>
/// <param name="Root">Where a packet comes in. A return for an empty expression.</param>
/// <param name="SnapLength">What the accepting return gives.</param>
/// <param name="IsOptimizable">False when a block holds backward jumps (<c>protochain</c>): the graph is emitted as it is.</param>
/// <param name="ScratchCells">How many scratch cells, from 0 on, may be used: sixteen, or more where the graph becomes no classic program.</param>
public sealed record FilterGraph(FilterBlock Root, uint SnapLength, bool IsOptimizable, int ScratchCells)
{
    /// <summary>About how many blocks there are: those that were made for it.</summary>
    public int BlockCount { get; init; }
}
