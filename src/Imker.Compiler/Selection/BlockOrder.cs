using Imker.Compiler.Ir;

namespace Imker.Compiler.Selection;

/// <summary>The blocks that can be reached, each behind those that dominate it: the reverse of the post-order.</summary>
internal static class BlockOrder
{
    public static List<IrBlock> Of(IrFunction function)
    {
        var order = new List<IrBlock>(function.Blocks.Count);
        var seen = new HashSet<IrBlock>(function.Blocks.Count) { function.Entry };
        var path = new Stack<(IrBlock Block, int Next)>();
        path.Push((function.Entry, 0));
        while (path.TryPop(out (IrBlock Block, int Next) at))
        {
            // The last successor first, so that in the end the first one stands right behind its block.
            int index = at.Block.Successors.Count - 1 - at.Next;
            if (index < 0)
            {
                order.Add(at.Block);
                continue;
            }
            path.Push((at.Block, at.Next + 1));
            IrBlock successor = at.Block.Successors[index];
            if (seen.Add(successor))
                path.Push((successor, 0));
        }
        order.Reverse();
        return order;
    }
}
