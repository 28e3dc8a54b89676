using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// Sends an edge past a test whose outcome is known: an edge that every way to it passes has tested the same. Where several have, the one
/// with the lowest number decides, true edges before false ones.
/// </summary>
internal sealed class JumpThreadingPass
{
    private const int None = OptimizerGraph.None;

    private readonly OptimizerGraph graph;
    private readonly DominatorTree tree;
    // The blocks that make a test, ascending; for edges where it did not hold with the operand, for only the same one tells something.
    private readonly Dictionary<(int Code, int Accumulator), List<int>> holding = [];
    private readonly Dictionary<(int Code, int Accumulator, int Operand), List<int>> failing = [];

    // For each block the nearest of the true edges that are above its own edges, and how many there are; the same for false edges behind it.
    private readonly int[] nearest;
    private readonly int[] count;
    private readonly List<int> candidates = [];

    private JumpThreadingPass(OptimizerGraph graph, DominatorTree tree)
    {
        this.graph = graph;
        this.tree = tree;
        nearest = new int[2 * graph.Count];
        count = new int[2 * graph.Count];
        for (int block = 0; block < graph.Count; block++)
        {
            if (graph.IsLeaf(block))
                continue;
            int code = graph.Blocks[block].Branch.Code, accumulator = graph.AccumulatorOf(block);
            ListOf(holding, (code, accumulator)).Add(block);
            ListOf(failing, (code, accumulator, graph.Operand[block])).Add(block);
        }
        FindEdgesAbove();
    }

    public static void Run(OptimizerGraph graph, DominatorTree edges)
    {
        var pass = new JumpThreadingPass(graph, edges);
        for (int level = 1; level <= graph.Level[graph.Root]; level++)
        {
            for (int block = graph.LevelHead[level]; block != None; block = graph.NextInLevel[block])
            {
                pass.Thread(block);
                pass.Thread(graph.Count + block);
            }
        }
    }

    private void Thread(int edge)
    {
        int target = graph.Successors[edge];
        if (graph.IsLeaf(target))
            return;
        int source = graph.SourceOf(edge);
        if (graph.TrueOf(target) == graph.FalseOf(target) && !Conflicts(source, target, graph.TrueOf(target)))
        {
            target = graph.TrueOf(target);
            graph.Successors[edge] = target;
            graph.MarkSimplified();
        }
        while (!graph.IsLeaf(target) && TryPass(edge, source, target, out int behind))
        {
            graph.Successors[edge] = target = behind;
            graph.MarkMoved();
        }
    }

    // The block behind the target that an edge above decides for; false when none does, or something needed would differ there.
    private bool TryPass(int edge, int source, int target, out int behind)
    {
        behind = None;
        FindCandidates(edge, source, target);
        foreach (int candidate in candidates)
        {
            behind = Decide(candidate, target);
            if (behind != None && !Conflicts(source, target, behind))
                return true;
        }
        return false;
    }

    // The edges above this one whose test may decide the target's, lowest numbers first.
    private void FindCandidates(int edge, int source, int target)
    {
        candidates.Clear();
        int code = graph.Blocks[target].Branch.Code, accumulator = graph.AccumulatorOf(target);
        if (holding.TryGetValue((code, accumulator), out List<int>? tests))
            Add(edge, source, target, tests, 0);
        if (failing.TryGetValue((code, accumulator, graph.Operand[target]), out tests))
            Add(edge, source, target, tests, graph.Count);
    }

    // Looked for in the shorter of two lists: all blocks with the test, and all edges above of the kind that begins at an offset.
    private void Add(int edge, int source, int target, List<int> tests, int offset)
    {
        if (tests.Count <= count[offset + source])
        {
            foreach (int block in tests)
            {
                if (tree.IsAbove(offset + block, edge))
                    candidates.Add(offset + block);
            }
            return;
        }
        int first = candidates.Count;
        int code = graph.Blocks[target].Branch.Code, accumulator = graph.AccumulatorOf(target);
        bool isOfKind = edge < graph.Count == (offset == 0);
        for (int above = isOfKind ? edge : nearest[offset + source]; above != None; above = nearest[offset + graph.SourceOf(above)])
        {
            int block = graph.SourceOf(above);
            if (graph.Blocks[block].Branch.Code == code && graph.AccumulatorOf(block) == accumulator)
                candidates.Add(above);
        }
        candidates.Sort(first, candidates.Count - first, null);
    }

    private void FindEdgesAbove()
    {
        for (int level = graph.Level[graph.Root]; level > 0; level--)
        {
            for (int block = graph.LevelHead[level]; block != None; block = graph.NextInLevel[block])
            {
                int above = tree.ParentOf(block);
                for (int offset = 0; offset <= graph.Count; offset += graph.Count)
                {
                    int source = above == None ? None : offset + graph.SourceOf(above);
                    bool isOfKind = above != None && above < graph.Count == (offset == 0);
                    nearest[offset + block] = isOfKind ? above : source == None ? None : nearest[source];
                    count[offset + block] = source == None ? 0 : count[source] + (isOfKind ? 1 : 0);
                }
            }
        }
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
            lists.Add(key, list = []);
        return list;
    }

    private int Decide(int above, int target)
    {
        bool held = above < graph.Count;
        int tested = graph.SourceOf(above);
        if (graph.Operand[tested] == graph.Operand[target])
            return held ? graph.TrueOf(target) : graph.FalseOf(target);
        // Equal to one constant is different from any other.
        return held && graph.Blocks[target].Branch.Code == ClassicOpcode.JumpEqual ? graph.FalseOf(target) : None;
    }

    // What libpcap compares are values that blocks behind the target need. What the target itself needs is only missed when the block that is
    // passed by writes a scratch cell: so it lost the offsets of a tunnel.
    private bool Conflicts(int source, int passed, int target)
    {
        if ((graph.CellsWritten[passed] & graph.UsedFrom[target]) != 0)
            return true;
        uint used = graph.UsedBehind[target];
        if (used == 0)
            return false;
        Span<int> here = graph.ValuesOf(source), there = graph.ValuesOf(target);
        for (; used != 0; used &= used - 1)
        {
            int atom = System.Numerics.BitOperations.TrailingZeroCount(used);
            if (here[atom] != there[atom])
                return true;
        }
        return false;
    }
}
