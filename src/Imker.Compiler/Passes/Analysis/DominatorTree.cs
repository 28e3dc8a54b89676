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

    // The children of a block: the first, and from each the next; −1 behind the last.
    private readonly int[] firstChild;
    private readonly int[] nextSibling;

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
        firstChild = new int[count];
        nextSibling = new int[count];
        FindParents();
        FindChildren();
        Number();
    }

    /// <summary>The blocks that the entry reaches; those that it does not reach are not in the tree.</summary>
    public IReadOnlyList<IrBlock> Blocks => order.Blocks;

    public bool IsReachable(IrBlock block) => order.IndexOf(block) >= 0;

    /// <summary>The place of a block in <see cref="Blocks"/>; −1 when the entry does not reach it.</summary>
    public int IndexOf(IrBlock block) => order.IndexOf(block);

    /// <summary>The nearest block that dominates this one, other than itself; null for the entry.</summary>
    public IrBlock? ParentOf(IrBlock block) => IndexOf(block) is > 0 and int index ? Blocks[parents[index]] : null;

    public IEnumerable<IrBlock> ChildrenOf(IrBlock block)
    {
        for (int child = firstChild[IndexOf(block)]; child >= 0; child = nextSibling[child])
            yield return Blocks[child];
    }

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
        var predecessors = new List<int>();
        bool changed = true;
        bool hasLoops = false;
        while (changed)
        {
            changed = false;
            for (int i = 1; i < parents.Length; i++)
            {
                FindPredecessors(i, predecessors);
                hasLoops |= predecessors[0] >= i;
                int parent = CommonParent(predecessors);
                changed |= parents[i] != parent;
                parents[i] = parent;
            }
            // Without a way back every block was done after all that lead to it.
            changed &= hasLoops;
        }
    }

    // From behind: the failing paths of a whole script lead to one block. Met in this order, each walks up to its neighbour; from the
    // front, each would walk up to the entry.
    private void FindPredecessors(int block, List<int> found)
    {
        found.Clear();
        foreach (IrBlock predecessor in Blocks[block].Predecessors)
        {
            if (IndexOf(predecessor) is >= 0 and int index)
                found.Add(index);
        }
        found.Sort();
        found.Reverse();
    }

    private int CommonParent(List<int> predecessors)
    {
        int parent = -1;
        foreach (int index in predecessors)
        {
            if (parents[index] >= 0)
                parent = parent < 0 ? index : Intersect(index, parent);
        }
        return parent;
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

    private void FindChildren()
    {
        firstChild.AsSpan().Fill(-1);
        nextSibling.AsSpan().Fill(-1);
        for (int i = parents.Length - 1; i > 0; i--)
        {
            nextSibling[i] = firstChild[parents[i]];
            firstChild[parents[i]] = i;
        }
    }

    // Intervals of a walk over the tree: a block dominates those whose interval lies in its own.
    private void Number()
    {
        int time = 0;
        int block = 0;
        enter[0] = time++;
        while (true)
        {
            if (firstChild[block] is >= 0 and int child)
            {
                enter[block = child] = time++;
                continue;
            }
            leave[block] = time++;
            while (block != 0 && nextSibling[block] < 0)
                leave[block = parents[block]] = time++;
            if (block == 0)
                return;
            enter[block = nextSibling[block]] = time++;
        }
    }
}
