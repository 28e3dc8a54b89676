namespace Imker.Compiler.Lir;

/// <summary>
/// Puts a block on each edge from a block with several successors to one with several predecessors, so that there is a place for
/// the moves that belong to the edge alone. Those that stay empty are threaded away later.
/// </summary>
internal static class CriticalEdges
{
    public static void Split(LirFunction function)
    {
        LirBlock[] blocks = [.. function.Blocks];
        function.Blocks.Clear();
        foreach (LirBlock block in blocks)
        {
            Add(function, block);
            if (block.Successors.Length < 2)
                continue;
            for (int i = 0; i < block.Successors.Length; i++)
            {
                LirBlock successor = block.Successors[i];
                if (successor.Predecessors.Count < 2)
                    continue;
                var edge = new LirBlock(successor.Name);
                edge.Jump(successor, block.EndSpan);
                edge.Predecessors.Add(block);
                successor.Predecessors[successor.Predecessors.IndexOf(block)] = edge;
                block.Successors[i] = edge;
                Add(function, edge);
            }
        }
    }

    private static void Add(LirFunction function, LirBlock block)
    {
        block.Index = function.Blocks.Count;
        function.Blocks.Add(block);
    }
}
