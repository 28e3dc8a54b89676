namespace Imker.Filter.Optimization;

/// <summary>Removes the statements of a block that write what nobody reads.</summary>
internal static class DeadStorePass
{
    public static void Run(OptimizerGraph graph, int number)
    {
        FilterBlock block = graph.Blocks[number];
        var last = new LastWriters();
        foreach (FilterStatement statement in block.Statements)
            Follow(graph, statement, ref last);
        Follow(graph, block.Branch, ref last);
        for (int atom = 0; atom < Atom.Count; atom++)
        {
            if (last[atom] is { } dead && (graph.UsedBehind[number] & 1u << atom) == 0)
            {
                dead.Remove();
                graph.MarkSimplified();
            }
        }
    }

    /// <summary>For each atom the statement that wrote it and has not been read yet.</summary>
    [System.Runtime.CompilerServices.InlineArray(Atom.Count)]
    private struct LastWriters
    {
        private FilterStatement? first;
    }

    private static void Follow(OptimizerGraph graph, FilterStatement statement, ref LastWriters last)
    {
        for (uint used = Atom.UsesOf(statement); used != 0; used &= used - 1)
            last[System.Numerics.BitOperations.TrailingZeroCount(used)] = null;
        int atom = Atom.DefinedBy(statement);
        if (atom < 0)
            return;
        if (last[atom] is { } dead)
        {
            graph.MarkSimplified();
            dead.Remove();
        }
        last[atom] = statement;
    }
}
