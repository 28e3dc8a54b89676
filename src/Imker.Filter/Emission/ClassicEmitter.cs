using Imker.Bytecode.Classic;

namespace Imker.Filter.Emission;

/// <summary>
/// Lays a filter's graph out as a program: depth first, the false branch behind the true one, each block once. A conditional jump that does
/// not reach its target gets a <c>ja</c> behind it.
/// </summary>
public static class ClassicEmitter
{
    /// <summary>The program of a graph. It may be longer than the kernel takes, and jump back where the filter does.</summary>
    public static ClassicProgram Emit(FilterGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        List<FilterBlock> order = OrderFromEnd(graph.Root);
        var layout = new ClassicLayout();
        foreach (FilterBlock block in order)
            layout.Add(block);
        return layout.ToProgram(order);
    }

    // Blocks in the order of their ends: what stands last comes first, so that every jump's target is known.
    private static List<FilterBlock> OrderFromEnd(FilterBlock root)
    {
        var order = new List<FilterBlock>();
        var seen = new HashSet<FilterBlock>(ReferenceEqualityComparer.Instance) { root };
        var open = new Stack<(FilterBlock Block, int Step)>();
        open.Push((root, 0));
        while (open.TryPop(out (FilterBlock Block, int Step) top))
        {
            (FilterBlock block, int step) = top;
            if (block.IsReturn || step == 2)
            {
                order.Add(block);
                continue;
            }
            open.Push((block, step + 1));
            FilterBlock next = step == 0 ? block.FalseTarget! : block.TrueTarget!;
            if (seen.Add(next))
                open.Push((next, 0));
        }
        return order;
    }
}
