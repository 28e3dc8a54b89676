namespace Imker.Filter.Optimization;

/// <summary>Merges blocks that do the same and go on to the same blocks, from the returns up. Of equal ones the last in number stays.</summary>
internal static class InterningPass
{
    public static void Run(OptimizerGraph graph)
    {
        LevelPass.Run(graph);
        var kept = new int[graph.Count];
        var comparer = new BlockComparer(graph);
        for (int level = 0; level <= graph.Level[graph.Root]; level++)
        {
            for (int block = graph.LevelHead[level]; level > 0 && block != OptimizerGraph.None; block = graph.NextInLevel[block])
            {
                graph.Successors[block] = kept[graph.TrueOf(block)];
                graph.Successors[graph.Count + block] = kept[graph.FalseOf(block)];
            }
            Merge(graph, level, comparer, kept);
        }
        graph.Root = kept[graph.Root];
    }

    private static void Merge(OptimizerGraph graph, int level, BlockComparer comparer, int[] kept)
    {
        var last = new Dictionary<int, int>(comparer);
        for (int block = graph.LevelHead[level]; block != OptimizerGraph.None; block = graph.NextInLevel[block])
        {
            if (!last.TryGetValue(block, out int other) || other < block)
                last[block] = block;
        }
        for (int block = graph.LevelHead[level]; block != OptimizerGraph.None; block = graph.NextInLevel[block])
            kept[block] = last[block];
    }

    /// <summary>Takes blocks as equal that do the same and go to the same blocks.</summary>
    private sealed class BlockComparer(OptimizerGraph graph) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y)
        {
            FilterStatement a = graph.Blocks[x].Branch, b = graph.Blocks[y].Branch;
            return a.Code == b.Code && a.K == b.K && graph.TrueOf(x) == graph.TrueOf(y) && graph.FalseOf(x) == graph.FalseOf(y)
                && HaveSameStatements(graph.Blocks[x].Statements, graph.Blocks[y].Statements);
        }

        public int GetHashCode(int block)
        {
            var hash = new HashCode();
            hash.Add(graph.Blocks[block].Branch.K);
            hash.Add(graph.TrueOf(block));
            hash.Add(graph.FalseOf(block));
            foreach (FilterStatement statement in graph.Blocks[block].Statements)
            {
                if (!statement.IsNop)
                    hash.Add(statement.K);
            }
            return hash.ToHashCode();
        }

        private static bool HaveSameStatements(List<FilterStatement> a, List<FilterStatement> b)
        {
            int i = 0, j = 0;
            while (true)
            {
                while (i < a.Count && a[i].IsNop)
                    i++;
                while (j < b.Count && b[j].IsNop)
                    j++;
                if (i == a.Count || j == b.Count)
                    return i == a.Count && j == b.Count;
                if (a[i].Code != b[j].Code || a[i].K != b[j].K)
                    return false;
                i++;
                j++;
            }
        }
    }
}
