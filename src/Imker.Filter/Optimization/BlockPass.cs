using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// Follows the values through all blocks from the root down, and cleans each up: value numbering, peepholes, dead stores.
/// </summary>
internal sealed class BlockPass(OptimizerGraph graph)
{
    private readonly ValueTable table = new();

    /// <summary>One round over all blocks.</summary>
    /// <param name="rewrite">Whether statements may be rewritten; without, only what peepholes and dead stores do.</param>
    public OptimizationFault Run(bool rewrite)
    {
        table.Clear();
        var statements = new StatementPass(graph, table);
        graph.FindInEdges();
        for (int level = graph.Level[graph.Root]; level >= 0; level--)
        {
            for (int block = graph.LevelHead[level]; block != OptimizerGraph.None; block = graph.NextInLevel[block])
                Run(block, statements, rewrite);
        }
        return statements.Fault;
    }

    private void Run(int number, StatementPass statements, bool rewrite)
    {
        FilterBlock block = graph.Blocks[number];
        Span<int> values = graph.ValuesOf(number);
        Inherit(number, values);
        int accumulator = values[Atom.Accumulator], index = values[Atom.Index];
        foreach (FilterStatement statement in block.Statements)
            statements.Run(statement, values, rewrite);
        if (rewrite && (block.IsReturn || IsUseless(number, values, accumulator, index)))
        {
            if (block.Statements.Count > 0)
            {
                block.Statements.Clear();
                graph.MarkSimplified();
            }
        }
        else
        {
            PeepholePass.Run(graph, table, number);
            DeadStorePass.Run(graph, number);
        }
        graph.Operand[number] = (block.Branch.Code & ClassicOpcode.IndexSource) == 0
            ? table.Constant(block.Branch.K) : values[Atom.Index];
    }

    // What all edges bring is known; what they bring differently is not.
    private void Inherit(int number, Span<int> values)
    {
        int edge = graph.InEdges[number];
        if (edge == OptimizerGraph.None)
        {
            values.Clear();
            return;
        }
        graph.ValuesOf(graph.SourceOf(edge)).CopyTo(values);
        for (edge = graph.NextInEdge[edge]; edge != OptimizerGraph.None; edge = graph.NextInEdge[edge])
        {
            Span<int> others = graph.ValuesOf(graph.SourceOf(edge));
            for (int atom = 0; atom < Atom.Count; atom++)
            {
                if (values[atom] != others[atom])
                    values[atom] = 0;
            }
        }
    }

    // Nothing behind needs anything, and both registers have what they had.
    private bool IsUseless(int number, Span<int> values, int accumulator, int index) =>
        graph.UsedBehind[number] == 0 && accumulator != 0 && values[Atom.Accumulator] == accumulator
        && index != 0 && values[Atom.Index] == index;
}
