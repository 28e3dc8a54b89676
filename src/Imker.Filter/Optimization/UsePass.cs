namespace Imker.Filter.Optimization;

/// <summary>Finds which atoms are still read behind each block. The blocks are levelled.</summary>
internal static class UsePass
{
    public static void Run(OptimizerGraph graph)
    {
        for (int level = 0; level <= graph.Level[graph.Root]; level++)
        {
            for (int block = graph.LevelHead[level]; block != OptimizerGraph.None; block = graph.NextInLevel[block])
            {
                (uint used, uint killed, uint defined) = LocalOf(graph.Blocks[block]);
                uint behind = graph.IsLeaf(block) ? 0 : graph.UsedFrom[graph.TrueOf(block)] | graph.UsedFrom[graph.FalseOf(block)];
                graph.UsedBehind[block] = behind;
                graph.UsedFrom[block] = used | behind & ~killed;
                graph.CellsWritten[block] = defined & Atom.AllCells;
            }
        }
    }

    // Used: read before it is written here. Killed: written before it is read.
    private static (uint Used, uint Killed, uint Defined) LocalOf(FilterBlock block)
    {
        uint defined = 0, used = 0, killed = 0;
        foreach (FilterStatement statement in block.Statements)
        {
            used |= Atom.UsesOf(statement) & ~defined;
            int atom = Atom.DefinedBy(statement);
            if (atom < 0)
                continue;
            killed |= 1u << atom & ~used;
            defined |= 1u << atom;
        }
        if (!block.IsReturn)
            used |= Atom.UsesOf(block.Branch) & ~defined;
        return (used, killed, defined);
    }
}
