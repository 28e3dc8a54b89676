using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>The blocks that the entry reaches, each before its successors but for the edges that go back.</summary>
public sealed class ReversePostorder
{
    private readonly Dictionary<IrBlock, int> indices;

    public ReversePostorder(IrFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        indices = new Dictionary<IrBlock, int>(function.Blocks.Count);
        var postorder = new List<IrBlock>(function.Blocks.Count);
        var path = new Stack<(IrBlock Block, int Edge)>();
        indices[function.Entry] = 0;
        path.Push((function.Entry, 0));
        while (path.TryPop(out var step))
        {
            if (step.Edge == step.Block.Successors.Count)
            {
                postorder.Add(step.Block);
                continue;
            }
            path.Push((step.Block, step.Edge + 1));
            IrBlock next = step.Block.Successors[step.Edge];
            if (indices.TryAdd(next, 0))
                path.Push((next, 0));
        }
        postorder.Reverse();
        Blocks = postorder;
        for (int i = 0; i < postorder.Count; i++)
            indices[postorder[i]] = i;
    }

    public IReadOnlyList<IrBlock> Blocks { get; }

    /// <summary>The place of a block in <see cref="Blocks"/>; −1 when the entry does not reach it.</summary>
    public int IndexOf(IrBlock block) => indices.TryGetValue(block, out int index) ? index : -1;
}
