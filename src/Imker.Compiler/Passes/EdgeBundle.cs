using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Leads some of the edges into a block through a new one, so that code can stand on them alone.</summary>
internal static class EdgeBundle
{
    /// <param name="target">The block that the edges go to.</param>
    /// <param name="isBundled">Chooses the edges by the block that they come from.</param>
    /// <param name="name">The new block's name.</param>
    public static IrBlock Make(IrBlock target, Func<IrBlock, bool> isBundled, string name)
    {
        IrBlock bundle = target.Function.NewBlock(name);
        foreach (PhiInstruction phi in target.Phis)
            bundle.AddPhi(new PhiInstruction(phi.Type) { Span = phi.Span });
        foreach (IrBlock predecessor in target.Predecessors.Where(isBundled).Distinct().ToArray())
        {
            for (int edge = 0; edge < predecessor.Successors.Count; edge++)
            {
                if (predecessor.Successors[edge] != target)
                    continue;
                int place = predecessor.PredecessorIndex(edge);
                predecessor.Redirect(edge, bundle, [.. target.Phis.Select(phi => phi.Operands[place])]);
            }
        }
        bundle.SetTerminator(new JumpInstruction(target));
        for (int i = 0; i < target.Phis.Count; i++)
            target.Phis[i].SetOperands([.. target.Phis[i].Operands, bundle.Phis[i]]);
        return bundle;
    }
}
