using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Replaces instructions by simpler ones that give the same for every input. What the verifier reads stays: a mask goes only
/// where the verifier knows itself that it changes nothing, and sums are only rearranged where nothing else, such as a
/// comparison, uses the part.
/// </summary>
public static class SimplifyPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var counts = new UseCounts(function);
        var rules = new SimplifyRules(counts);
        var replacements = new Replacements();
        bool changed = false;
        foreach (IrBlock block in new ReversePostorder(function).Blocks)
        {
            block.Phis.ForEach(replacements.Apply);
            foreach (PhiInstruction phi in block.Phis)
            {
                if (SimplifyRules.Phi(phi) is { } other)
                    replacements.Add(phi, other);
            }
            for (int i = 0; i < block.Instructions.Count; i++)
            {
                replacements.Apply(block.Instructions[i]);
                while (rules.Simplify(block.Instructions[i]) is { } other)
                {
                    counts.Replace(block.Instructions[i], other);
                    if (!Replace(block, i, other, replacements))
                        break;
                }
            }
            replacements.Apply(block.Terminator!);
            changed |= SimplifyEnd(block);
        }
        changed |= replacements.Apply(function);
        if (changed)
        {
            UnreachableBlockPass.Run(function, context);
            DeadCodePass.Run(function, context);
        }
        return changed;
    }

    // A rule gives a value that is there already, or a new instruction to stand in the old one's place, which may be
    // simplified further.
    private static bool Replace(IrBlock block, int index, IrValue other, Replacements replacements)
    {
        IrInstruction old = block.Instructions[index];
        replacements.Add(old, other);
        if (other is not IrInstruction { Block: null } made)
            return false;
        made.Span = old.Span;
        made.Block = block;
        block.Instructions[index] = made;
        return true;
    }

    private static bool SimplifyEnd(IrBlock block)
    {
        if (block.Terminator is not BranchInstruction branch)
            return false;
        if (branch.Condition is IrConstant constant)
        {
            block.KeepOnly(constant.Value != 0 ? 0 : 1);
            return true;
        }
        if (branch.IfTrue == branch.IfFalse || SimplifyRules.Negated(branch.Condition) is not { } condition)
            return false;
        BranchHint hint = branch.Hint switch
        {
            BranchHint.LikelyTrue => BranchHint.LikelyFalse,
            BranchHint.LikelyFalse => BranchHint.LikelyTrue,
            _ => BranchHint.None,
        };
        block.ReplaceTerminator(new BranchInstruction(condition, branch.IfFalse, branch.IfTrue) { Hint = hint, Span = branch.Span });
        return true;
    }
}
