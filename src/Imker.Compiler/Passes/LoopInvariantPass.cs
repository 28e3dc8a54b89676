using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Computes what is the same in every round of a loop once before it, where that pays: calls and divisions. Cheaper things stay,
/// as only four registers outlive the calls in a loop.
/// </summary>
public static class LoopInvariantPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var loops = new LoopNest(new DominatorTree(function));
        bool changed = false;
        foreach (Loop loop in loops.Loops)
            changed |= Hoist(loop);
        return changed;
    }

    private static bool Hoist(Loop loop)
    {
        HashSet<IrBlock> inside = [.. loop.Blocks];
        List<IrInstruction> invariant = FindInvariant(loop, inside);
        if (invariant.Count == 0)
            return false;
        IrBlock before = BlockBefore(loop, inside);
        HashSet<IrInstruction> moved = [.. invariant];
        foreach (IrBlock block in loop.Blocks)
            block.Instructions.RemoveAll(moved.Contains);
        foreach (IrInstruction instruction in invariant)
            before.Add(instruction);
        return true;
    }

    private static List<IrInstruction> FindInvariant(Loop loop, HashSet<IrBlock> inside)
    {
        var found = new List<IrInstruction>();
        var known = new HashSet<IrValue>();
        foreach (IrBlock block in loop.Blocks)
        {
            foreach (IrInstruction instruction in block.Instructions)
            {
                if (Pays(instruction) && instruction.Operands.All(o => o is not IrInstruction i || !inside.Contains(i.Block!) || known.Contains(i)))
                {
                    found.Add(instruction);
                    known.Add(instruction);
                }
            }
        }
        return found;
    }

    private static bool Pays(IrInstruction instruction) => instruction switch
    {
        CallHelperInstruction call => call.Effects == IrEffects.None,
        BinaryInstruction { Operator: BinaryOperator.DivideUnsigned or BinaryOperator.DivideSigned or BinaryOperator.ModuloUnsigned or BinaryOperator.ModuloSigned } => true,
        _ => false,
    };

    private static IrBlock BlockBefore(Loop loop, HashSet<IrBlock> inside)
    {
        IrBlock[] outside = [.. loop.Header.Predecessors.Where(p => !inside.Contains(p)).Distinct()];
        return outside is [{ Terminator: JumpInstruction } only] ? only : EdgeBundle.Make(loop.Header, p => !inside.Contains(p), "before");
    }
}
