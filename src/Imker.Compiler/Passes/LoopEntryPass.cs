using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler.Passes;

/// <summary>
/// Hides from the kernel's verifier with what numbers a loop that its budget bounds (<c>may_goto</c>) begins. A comparison of a
/// number that the verifier knows makes it keep that number precisely, and then no two rounds look alike to it: it walks the
/// loop round by round until it gives up. So what enters the loop as a constant has a zero added that is read from memory.
/// </summary>
public static class LoopEntryPass
{
    private const string ZeroMap = "zero";

    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(context);
        if (!function.Blocks.Any(b => b.Terminator is MayGotoInstruction))
            return false;
        var dominators = new DominatorTree(function);
        var zeros = new Dictionary<IrBlock, IrInstruction>();
        bool changed = false;
        foreach (IrBlock head in function.Blocks.Where(b => b.Terminator is MayGotoInstruction))
        {
            for (int i = 0; i < head.Predecessors.Count; i++)
            {
                IrBlock entry = head.Predecessors[i];
                if (!dominators.Dominates(head, entry))
                    changed |= HideConstants(head, i, entry, zeros, context.Module);
            }
        }
        return changed;
    }

    private static bool HideConstants(
        IrBlock head, int edge, IrBlock entry, Dictionary<IrBlock, IrInstruction> zeros, IrModule module)
    {
        bool changed = false;
        foreach (PhiInstruction phi in head.Phis)
        {
            if (phi.Operands[edge] is not IrConstant { Type.IsInteger: true } constant)
                continue;
            if (!zeros.TryGetValue(entry, out IrInstruction? zero))
                zeros[entry] = zero = ReadZero(entry, module);
            IrInstruction hidden = Append(entry, new BinaryInstruction(BinaryOperator.Add, zero, new IrConstant(IrType.I64, constant.Value)));
            phi.Operands[edge] = constant.Type == IrType.I64
                ? hidden
                : Append(entry, new ConvertInstruction(ConvertOperator.Truncate, constant.Type, hidden));
            changed = true;
        }
        return changed;
    }

    private static IrInstruction ReadZero(IrBlock block, IrModule module)
    {
        if (module.AddedMaps.TrueForAll(m => m.Name != ZeroMap))
            module.AddedMaps.Add(new MapSpec { Name = ZeroMap, Type = MapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 1 });
        IrInstruction address = Append(block, new GlobalAddressInstruction(ZeroMap, 0));
        return Append(block, new LoadInstruction(IrType.I64, address, 0));
    }

    private static IrInstruction Append(IrBlock block, IrInstruction instruction)
    {
        instruction.Span = block.Terminator!.Span;
        block.Add(instruction);
        return instruction;
    }
}
