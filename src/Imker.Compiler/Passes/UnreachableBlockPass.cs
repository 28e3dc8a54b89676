using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Removes the blocks that the entry does not reach; the kernel refuses them.</summary>
public static class UnreachableBlockPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var order = new ReversePostorder(function);
        if (order.Blocks.Count == function.Blocks.Count)
            return false;
        foreach (IrBlock block in function.Blocks)
        {
            if (order.IndexOf(block) < 0)
                block.RemoveOutgoing();
        }
        function.Blocks.RemoveAll(block => order.IndexOf(block) < 0);
        return true;
    }
}
