namespace Imker.Compiler.Emission;

/// <summary>Drops what is not reached, and puts the error paths behind everything else.</summary>
internal static class BlockLayout
{
    public static void MarkCold(List<CodeBlock> blocks)
    {
        HashSet<CodeBlock> hot = Reachable(blocks[0], likelyOnly: true);
        foreach (CodeBlock block in blocks)
            block.IsCold = !hot.Contains(block);
    }

    public static List<CodeBlock> Arrange(List<CodeBlock> blocks)
    {
        HashSet<CodeBlock> reached = Reachable(blocks[0], likelyOnly: false);
        return [.. blocks.Where(reached.Contains).OrderBy(block => block.IsCold)];
    }

    private static HashSet<CodeBlock> Reachable(CodeBlock entry, bool likelyOnly)
    {
        var reached = new HashSet<CodeBlock> { entry };
        var pending = new Stack<CodeBlock>();
        pending.Push(entry);
        while (pending.TryPop(out CodeBlock? block))
        {
            for (int i = 0; i < block.Successors.Length; i++)
            {
                if ((!likelyOnly || i != block.Unlikely) && reached.Add(block.Successors[i]))
                    pending.Push(block.Successors[i]);
            }
        }
        return reached;
    }
}
