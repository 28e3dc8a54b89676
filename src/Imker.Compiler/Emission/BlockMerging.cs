using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>Keeps one of several equal blocks: error paths that count in the same cell, ways to the same result.</summary>
internal static class BlockMerging
{
    // Error paths are chains of a few blocks.
    private const int MaxRounds = 8;

    public static void Run(List<CodeBlock> blocks)
    {
        // When blocks become one, those before them may become equal.
        for (int round = 0; round < MaxRounds && MergeOnce(blocks); round++)
        {
        }
    }

    private static bool MergeOnce(List<CodeBlock> blocks)
    {
        var kept = new HashSet<CodeBlock>(ContentComparer.Instance);
        var replaced = new Dictionary<CodeBlock, CodeBlock>();
        foreach (CodeBlock block in blocks.OrderBy(block => block.IsCold))
        {
            if (!IsMergeable(block))
                continue;
            if (kept.TryGetValue(block, out CodeBlock? equal))
                replaced[block] = equal;
            else
                kept.Add(block);
        }
        if (replaced.Count == 0)
            return false;
        // The entry stays where it is: nothing is equal to it but what would come first as well.
        blocks.RemoveAll(replaced.ContainsKey);
        foreach (CodeBlock block in blocks)
        {
            for (int i = 0; i < block.Successors.Length; i++)
                block.Successors[i] = replaced.GetValueOrDefault(block.Successors[i], block.Successors[i]);
        }
        JumpThreading.Run(blocks);
        return true;
    }

    // The kernel puts a map's own lookup in place of a call that only that map reaches.
    private static bool IsMergeable(CodeBlock block) => block.IsCold || !block.Lines.Exists(line => line.Instruction.IsCall);

    private sealed class ContentComparer : IEqualityComparer<CodeBlock>
    {
        public static ContentComparer Instance { get; } = new();

        public bool Equals(CodeBlock? x, CodeBlock? y)
        {
            if (ReferenceEquals(x, y))
                return true;
            if (x is null || y is null || x.End != y.End || x.Lines.Count != y.Lines.Count)
                return false;
            if ((x.End == LirEnd.Branch && x.Test != y.Test) || !x.Successors.AsSpan().SequenceEqual(y.Successors))
                return false;
            for (int i = 0; i < x.Lines.Count; i++)
            {
                if (!x.Lines[i].DoesSameAs(y.Lines[i]))
                    return false;
            }
            return true;
        }

        public int GetHashCode(CodeBlock block)
        {
            var hash = new HashCode();
            hash.Add(block.End);
            hash.Add(block.Lines.Count);
            if (block.Lines.Count > 0)
                hash.Add(block.Lines[0].Instruction);
            foreach (CodeBlock successor in block.Successors)
                hash.Add(successor);
            return hash.ToHashCode();
        }
    }
}
