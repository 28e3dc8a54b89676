using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Finds the values that are the same on every way that can be taken, and the ways that cannot. M. Wegman, F. Zadeck,
/// "Constant Propagation with Conditional Branches", TOPLAS 1991.
/// </summary>
public static class ConstantPropagationPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var analysis = new ConstantAnalysis(function);
        var replacements = new Replacements();
        bool changed = false;
        foreach (IrBlock block in function.Blocks)
        {
            if (!analysis.IsReached(block))
                continue;
            foreach (IrInstruction instruction in block.Phis.Concat(block.Instructions))
            {
                if (analysis.ConstantOf(instruction) is { } constant)
                    replacements.Add(instruction, constant);
            }
            if (block.Terminator is BranchInstruction branch && analysis.ConstantOf(branch.Condition) is { } condition)
            {
                block.KeepOnly(condition.Value != 0 ? 0 : 1);
                changed = true;
            }
        }
        changed |= replacements.Apply(function);
        if (changed)
        {
            UnreachableBlockPass.Run(function, context);
            DeadCodePass.Run(function, context);
        }
        return changed;
    }
}
