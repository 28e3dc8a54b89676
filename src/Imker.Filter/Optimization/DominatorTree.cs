namespace Imker.Filter.Optimization;

/// <summary>
/// A tree in which whatever every way to a node passes is above it. Built from the root down; then one comparison of numbers tells whether
/// one node is above another, so no set of all nodes is kept for each.
/// </summary>
internal sealed class DominatorTree
{
    private const int None = OptimizerGraph.None;

    private readonly int[] parent;
    private readonly int[] depth;
    private readonly int[] first;
    private readonly int[] last;

    public DominatorTree(int nodes)
    {
        parent = new int[nodes];
        depth = new int[nodes];
        first = new int[nodes];
        last = new int[nodes];
        Array.Fill(first, None);
    }

    /// <summary>The node right above; −1 at the top.</summary>
    public int ParentOf(int node) => parent[node];

    /// <summary>Nodes above.</summary>
    public int DepthOf(int node) => depth[node];

    /// <summary>Hangs a node under one that is there, or at the top.</summary>
    public void Add(int node, int above)
    {
        parent[node] = above;
        depth[node] = above == None ? 0 : depth[above] + 1;
        // Until Finish, "first" only tells that the node is there.
        first[node] = 0;
    }

    /// <summary>The lowest node that is above both or one of them; −1 for none.</summary>
    public int Meet(int a, int b)
    {
        while (a != b)
        {
            if (a == None || b == None)
                return None;
            if (depth[a] < depth[b])
                b = parent[b];
            else if (depth[b] < depth[a])
                a = parent[a];
            else
            {
                a = parent[a];
                b = parent[b];
            }
        }
        return a;
    }

    /// <summary>Numbers the nodes, so that <see cref="IsAbove"/> can be asked.</summary>
    public void Finish()
    {
        var child = new int[parent.Length];
        var sibling = new int[parent.Length];
        Array.Fill(child, None);
        var open = new Stack<int>();
        for (int node = 0; node < parent.Length; node++)
        {
            if (first[node] == None)
                continue;
            if (parent[node] == None)
            {
                open.Push(node);
                continue;
            }
            sibling[node] = child[parent[node]];
            child[parent[node]] = node;
        }
        NumberFrom(open, child, sibling);
    }

    /// <summary>Whether a node is another one or above it. Both are in the tree.</summary>
    public bool IsAbove(int node, int other) => first[node] <= first[other] && last[other] <= last[node];

    // A node's numbers enclose those of all below it. A node is met again, as its complement, when all below are numbered.
    private void NumberFrom(Stack<int> open, int[] child, int[] sibling)
    {
        int number = 0;
        while (open.TryPop(out int node))
        {
            if (node < 0)
            {
                last[~node] = number;
                continue;
            }
            first[node] = ++number;
            open.Push(~node);
            for (int below = child[node]; below != None; below = sibling[below])
                open.Push(below);
        }
    }
}
