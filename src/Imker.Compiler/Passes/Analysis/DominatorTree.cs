using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Which blocks every way from the entry to a block goes through. K. Cooper, T. Harvey, K. Kennedy, "A Simple, Fast Dominance
/// Algorithm", Rice University 2006.
/// </summary>
public sealed class DominatorTree
{
    private readonly ReversePostorder order;
    private readonly int[] parents;
    private readonly int[] enter;
    private readonly int[] leave;
    private readonly List<int>[] children;

    public DominatorTree(IrFunction function)
        : this(new ReversePostorder(function))
    {
    }

    public DominatorTree(ReversePostorder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        this.order = order;
        int count = order.Blocks.Count;
        parents = new int[count];
        enter = new int[count];
        leave = new int[count];
        children = new List<int>[count];
        FindParents();
        for (int i = 0; i < count; i++)
            children[i] = [];
        for (int i = 1; i < count; i++)
            children[parents[i]].Add(i);
        Number();
    }

    /// <summary>The blocks that the entry reaches; those that it does not reach are not in the tree.</summary>
    public IReadOnlyList<IrBlock> Blocks => order.Blocks;

    public bool IsReachable(IrBlock block) => order.IndexOf(block) >= 0;

    /// <summary>The place of a block in <see cref="Blocks"/>; −1 when the entry does not reach it.</summary>
    public int IndexOf(IrBlock block) => order.IndexOf(block);

    /// <summary>The nearest block that dominates this one, other than itself; null for the entry.</summary>
    public IrBlock? ParentOf(IrBlock block) => IndexOf(block) is > 0 and int index ? Blocks[parents[index]] : null;

    public IEnumerable<IrBlock> ChildrenOf(IrBlock block) => children[IndexOf(block)].Select(i => Blocks[i]);

    /// <summary>Whether every way to <paramref name="block"/> goes through <paramref name="other"/>; a block dominates itself.</summary>
    public bool Dominates(IrBlock other, IrBlock block)
    {
        int a = IndexOf(other), b = IndexOf(block);
        return a >= 0 && b >= 0 && enter[a] <= enter[b] && leave[b] <= leave[a];
    }

    /// <summary>
    /// The nearest block that dominates both. It is looked for from the first on, so that many blocks are done in one way up the tree.
    /// </summary>
    public IrBlock NearestCommon(IrBlock one, IrBlock other)
    {
        int common = IndexOf(one);
        while (!Dominates(Blocks[common], other))
            common = parents[common];
        return Blocks[common];
    }

    private void FindParents()
    {
        parents.AsSpan().Fill(-1);
        parents[0] = 0;
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = 1; i < parents.Length; i++)
            {
                int parent = ParentFromPredecessors(i);
                changed |= parents[i] != parent;
                parents[i] = parent;
            }
        }
    }

    private int ParentFromPredecessors(int block)
    {
        int parent = -1;
        foreach (int index in PredecessorsFromBehind(block))
        {
            if (parents[index] >= 0)
                parent = parent < 0 ? index : Intersect(index, parent);
        }
        return parent;
    }

    // The failing paths of a whole script lead to one block. Met from behind, each walks up to its neighbour; from the front,
    // each would walk up to the entry.
    private IEnumerable<int> PredecessorsFromBehind(int block)
    {
        IEnumerable<int> indices = Blocks[block].Predecessors.Select(IndexOf).Where(i => i >= 0);
        return Blocks[block].Predecessors.Count > 2 ? indices.OrderDescending() : indices;
    }

    private int Intersect(int a, int b)
    {
        while (a != b)
        {
            if (a > b)
                a = parents[a];
            else
                b = parents[b];
        }
        return a;
    }

    // Intervals of a walk over the tree: a block dominates those whose interval lies in its own.
    private void Number()
    {
        int time = 0;
        var path = new Stack<(int Block, int Child)>();
        path.Push((0, 0));
        while (path.TryPop(out var step))
        {
            if (step.Child == 0)
                enter[step.Block] = time++;
            if (step.Child == children[step.Block].Count)
            {
                leave[step.Block] = time++;
                continue;
            }
            path.Push((step.Block, step.Child + 1));
            path.Push((children[step.Block][step.Child], 0));
        }
    }
}
