namespace Imker.Filter.Optimization;

/// <summary>
/// Finds each block's level. The order inside of a level decides what later passes find first: a block comes before those that were
/// finished earlier in a walk that takes the true branch first.
/// </summary>
internal static class LevelPass
{
    public static void Run(OptimizerGraph graph)
    {
        Array.Fill(graph.LevelHead, OptimizerGraph.None);
        var seen = new bool[graph.Count];
        var open = new Stack<(int Block, int Step)>();
        open.Push((graph.Root, 0));
        seen[graph.Root] = true;
        while (open.TryPop(out (int Block, int Step) top))
        {
            (int block, int step) = top;
            if (graph.IsLeaf(block) || step == 2)
            {
                Finish(graph, block);
                continue;
            }
            open.Push((block, step + 1));
            int next = step == 0 ? graph.TrueOf(block) : graph.FalseOf(block);
            if (seen[next])
                continue;
            seen[next] = true;
            open.Push((next, 0));
        }
    }

    private static void Finish(OptimizerGraph graph, int block)
    {
        int level = graph.IsLeaf(block) ? 0 : Math.Max(graph.Level[graph.TrueOf(block)], graph.Level[graph.FalseOf(block)]) + 1;
        graph.Level[block] = level;
        graph.NextInLevel[block] = graph.LevelHead[level];
        graph.LevelHead[level] = block;
    }
}
