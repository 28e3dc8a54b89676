namespace Imker.Filter.Optimization;

/// <summary>
/// Moves tests of the same value next to each other: in a chain of tests with one common target, a test of what was loaded before the chain
/// is pulled up before the tests of other values. Alternatives are chained by their false edges, conjunctions by their true ones.
/// </summary>
internal sealed class PullUpPass
{
    private const int None = OptimizerGraph.None;

    private readonly OptimizerGraph graph;
    private readonly DominatorTree blocks;

    // Where the edge to follow, and the edge that all of the chain have in common, stand among the successors.
    private readonly int chain, common;

    private PullUpPass(OptimizerGraph graph, DominatorTree blocks, bool alternatives)
    {
        this.graph = graph;
        this.blocks = blocks;
        chain = alternatives ? graph.Count : 0;
        common = alternatives ? 0 : graph.Count;
    }

    public static void Run(OptimizerGraph graph, DominatorTree blocks)
    {
        var alternatives = new PullUpPass(graph, blocks, alternatives: true);
        var conjunctions = new PullUpPass(graph, blocks, alternatives: false);
        graph.FindInEdges();
        for (int level = 1; level <= graph.Level[graph.Root]; level++)
        {
            for (int block = graph.LevelHead[level]; block != None; block = graph.NextInLevel[block])
            {
                alternatives.PullUp(block);
                conjunctions.PullUp(block);
            }
        }
    }

    private void PullUp(int block)
    {
        if (!TryGetCommonValue(block, out int value))
            return;
        int incoming = graph.SourceOf(graph.InEdges[block]);
        int different = graph.TrueOf(incoming) == block ? incoming : graph.Count + incoming;
        bool atTop = true;
        while (true)
        {
            if (!IsInChain(graph.Successors[different], block))
                return;
            if (graph.AccumulatorOf(graph.Successors[different]) != value)
                break;
            different = chain + graph.Successors[different];
            atTop = false;
        }
        int same = chain + graph.Successors[different];
        while (true)
        {
            if (!IsInChain(graph.Successors[same], block))
                return;
            if (graph.AccumulatorOf(graph.Successors[same]) == value)
                break;
            same = chain + graph.Successors[same];
        }
        Move(block, different, same, atTop);
    }

    // Takes the block that the edge "same" goes to out of the chain and puts it where the edge "different" goes.
    private void Move(int block, int different, int same, bool atTop)
    {
        int pulled = graph.Successors[same];
        graph.Successors[same] = graph.Successors[chain + pulled];
        graph.Successors[chain + pulled] = graph.Successors[different];
        if (atTop)
            Redirect(block, pulled);
        else
            graph.Successors[different] = pulled;
        graph.MarkMoved();
    }

    private void Redirect(int block, int pulled)
    {
        for (int edge = graph.InEdges[block]; edge != None; edge = graph.NextInEdge[edge])
        {
            int source = graph.SourceOf(edge);
            graph.Successors[graph.TrueOf(source) == block ? source : graph.Count + source] = pulled;
        }
    }

    private bool IsInChain(int candidate, int block) =>
        !graph.IsLeaf(candidate) && graph.Successors[common + candidate] == graph.Successors[common + block] && blocks.IsAbove(block, candidate);

    // All ways to a block come with the same accumulator.
    private bool TryGetCommonValue(int block, out int value)
    {
        value = 0;
        int edge = graph.InEdges[block];
        if (edge == None)
            return false;
        value = graph.AccumulatorOf(graph.SourceOf(edge));
        for (edge = graph.NextInEdge[edge]; edge != None; edge = graph.NextInEdge[edge])
        {
            if (graph.AccumulatorOf(graph.SourceOf(edge)) != value)
                return false;
        }
        return true;
    }
}
