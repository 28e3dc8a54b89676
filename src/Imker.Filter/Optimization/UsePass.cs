namespace Imker.Filter.Optimization;

/// <summary>Finds which atoms are still read behind each block. The blocks are levelled.</summary>
internal static class UsePass
{
    public static void Run(OptimizerGraph graph)
    {
        var usedFrom = new uint[graph.Count];
        for (int level = 0; level <= graph.Level[graph.Root]; level++)
        {
            for (int block = graph.LevelHead[level]; block != OptimizerGraph.None; block = graph.NextInLevel[block])
            {
                (uint used, uint killed) = LocalOf(graph.Blocks[block]);
                uint behind = graph.IsLeaf(block) ? 0 : usedFrom[graph.TrueOf(block)] | usedFrom[graph.FalseOf(block)];
                graph.UsedBehind[block] = behind;
                usedFrom[block] = used | behind & ~killed;
            }
        }
    }

    // Used: read before it is written here. Killed: written before it is read.
    private static (uint Used, uint Killed) LocalOf(FilterBlock block)
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
        return (used, killed);
    }
}
