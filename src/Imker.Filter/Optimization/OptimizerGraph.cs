namespace Imker.Filter.Optimization;

/// <summary>
/// The blocks of a filter by number, and what the passes find out about them. Numbers are given depth first, the true branch before the
/// false one. An edge is a number too: that of the true edge is its block's, that of the false edge comes <see cref="Count"/> later.
/// </summary>
internal sealed class OptimizerGraph
{
    /// <summary>No block, no edge.</summary>
    public const int None = -1;

    private readonly int[] values;

    public OptimizerGraph(FilterBlock root)
    {
        Blocks = Number(root, out Dictionary<FilterBlock, int> numbers);
        Count = Blocks.Length;
        Successors = new int[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            Successors[i] = Blocks[i].TrueTarget is { } whenTrue ? numbers[whenTrue] : None;
            Successors[Count + i] = Blocks[i].FalseTarget is { } whenFalse ? numbers[whenFalse] : None;
        }
        Level = new int[Count];
        LevelHead = new int[Count];
        NextInLevel = new int[Count];
        InEdges = new int[Count];
        NextInEdge = new int[2 * Count];
        UsedBehind = new uint[Count];
        UsedFrom = new uint[Count];
        CellsWritten = new uint[Count];
        Operand = new int[Count];
        values = new int[Count * Atom.Count];
    }

    public FilterBlock[] Blocks { get; }

    public int Count { get; }

    public int Root { get; set; }

    /// <summary>The block that an edge goes to; <see cref="None"/> from a return.</summary>
    public int[] Successors { get; }

    /// <summary>The longest way from a block to a return.</summary>
    public int[] Level { get; }

    /// <summary>The first block of a level, in the order that passes take.</summary>
    public int[] LevelHead { get; }

    /// <summary>The next one of the same level.</summary>
    public int[] NextInLevel { get; }

    /// <summary>The first edge that comes to a block.</summary>
    public int[] InEdges { get; }

    /// <summary>The next edge that comes to the same block.</summary>
    public int[] NextInEdge { get; }

    /// <summary>The atoms that blocks behind a block read before they write them.</summary>
    public uint[] UsedBehind { get; }

    /// <summary>The atoms that a block and those behind it read before they write them.</summary>
    public uint[] UsedFrom { get; }

    /// <summary>The scratch cells that a block writes.</summary>
    public uint[] CellsWritten { get; }

    /// <summary>The value number of what a block's branch compares with.</summary>
    public int[] Operand { get; }

    /// <summary>A pass changed something, so another round is needed.</summary>
    public bool Changed { get; private set; }

    /// <summary>A pass changed more than where branches go.</summary>
    public bool Simplified { get; private set; }

    public int TrueOf(int block) => Successors[block];

    public int FalseOf(int block) => Successors[Count + block];

    public bool IsLeaf(int block) => Successors[block] == None;

    public int SourceOf(int edge) => edge < Count ? edge : edge - Count;

    /// <summary>The value numbers of all atoms behind a block's statements.</summary>
    public Span<int> ValuesOf(int block) => values.AsSpan(block * Atom.Count, Atom.Count);

    /// <summary>The value number in the accumulator behind a block's statements.</summary>
    public int AccumulatorOf(int block) => values[block * Atom.Count + Atom.Accumulator];

    public void SetBoth(int block, int target) => Successors[block] = Successors[Count + block] = target;

    public void StartRound() => Changed = Simplified = false;

    public void MarkMoved() => Changed = true;

    public void MarkSimplified() => Changed = Simplified = true;

    /// <summary>Lists the edges that come to each block, the last found first.</summary>
    public void FindInEdges()
    {
        Array.Fill(InEdges, None);
        for (int level = Level[Root]; level > 0; level--)
        {
            for (int block = LevelHead[level]; block != None; block = NextInLevel[block])
            {
                AddInEdge(block);
                AddInEdge(Count + block);
            }
        }
    }

    /// <summary>Makes the blocks themselves go where the passes sent them.</summary>
    public void WriteBack()
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsLeaf(i))
                continue;
            Blocks[i].TrueTarget = Blocks[TrueOf(i)];
            Blocks[i].FalseTarget = Blocks[FalseOf(i)];
        }
    }

    private void AddInEdge(int edge)
    {
        int target = Successors[edge];
        NextInEdge[edge] = InEdges[target];
        InEdges[target] = edge;
    }

    private static FilterBlock[] Number(FilterBlock root, out Dictionary<FilterBlock, int> numbers)
    {
        numbers = new Dictionary<FilterBlock, int>(ReferenceEqualityComparer.Instance);
        var blocks = new List<FilterBlock>();
        var open = new Stack<FilterBlock>();
        open.Push(root);
        while (open.TryPop(out FilterBlock? block))
        {
            if (!numbers.TryAdd(block, blocks.Count))
                continue;
            blocks.Add(block);
            if (block.IsReturn)
                continue;
            open.Push(block.FalseTarget!);
            open.Push(block.TrueTarget!);
        }
        return [.. blocks];
    }
}
