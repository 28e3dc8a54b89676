namespace Imker.Filter.Optimization;

/// <summary>
/// Leaves out tests at the root that go to the same block either way. What the root has loaded, the block behind them loads first.
/// </summary>
internal static class RootPass
{
    public static void Run(OptimizerGraph graph)
    {
        int root = graph.Root;
        while (!graph.IsLeaf(root) && graph.TrueOf(root) == graph.FalseOf(root))
            root = graph.TrueOf(root);
        List<FilterStatement> statements = graph.Blocks[root].Statements;
        if (root != graph.Root)
            statements.InsertRange(0, graph.Blocks[graph.Root].Statements);
        // Nothing that a return could need is computed.
        if (graph.IsLeaf(root))
            statements.Clear();
        graph.Root = root;
    }
}
