namespace Imker.Filter.Optimization;

/// <summary>Finds which blocks, and which edges, every way to a block or an edge passes. The blocks are levelled.</summary>
internal static class DominatorPass
{
    private const int None = OptimizerGraph.None;

    /// <summary>The dominators of blocks. Returns are left out: nobody asks what is above them.</summary>
    public static DominatorTree OfBlocks(OptimizerGraph graph)
    {
        var tree = new DominatorTree(graph.Count);
        int[] above = NewMeeting(graph);
        for (int level = graph.Level[graph.Root]; level > 0; level--)
        {
            for (int block = graph.LevelHead[level]; block != None; block = graph.NextInLevel[block])
            {
                tree.Add(block, block == graph.Root ? None : above[block]);
                Meet(tree, above, graph.TrueOf(block), block, graph);
                Meet(tree, above, graph.FalseOf(block), block, graph);
            }
        }
        tree.Finish();
        return tree;
    }

    /// <summary>The dominators of edges.</summary>
    public static DominatorTree OfEdges(OptimizerGraph graph)
    {
        var tree = new DominatorTree(2 * graph.Count);
        int[] above = NewMeeting(graph);
        for (int level = graph.Level[graph.Root]; level > 0; level--)
        {
            for (int block = graph.LevelHead[level]; block != None; block = graph.NextInLevel[block])
            {
                int way = block == graph.Root ? None : above[block];
                tree.Add(block, way);
                tree.Add(graph.Count + block, way);
                Meet(tree, above, graph.TrueOf(block), block, graph);
                Meet(tree, above, graph.FalseOf(block), graph.Count + block, graph);
            }
        }
        tree.Finish();
        return tree;
    }

    // Unmet stands for "no way has come here yet".
    private const int Unmet = -2;

    private static int[] NewMeeting(OptimizerGraph graph)
    {
        var above = new int[graph.Count];
        Array.Fill(above, Unmet);
        return above;
    }

    private static void Meet(DominatorTree tree, int[] above, int target, int way, OptimizerGraph graph)
    {
        if (graph.IsLeaf(target))
            return;
        above[target] = above[target] == Unmet ? way : tree.Meet(above[target], way);
    }
}
