using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// The rules of <see cref="SimplifyPass"/>. Each gives null where it does not hold, a value that stands for the instruction, or
/// a new instruction.
/// </summary>
internal sealed partial class SimplifyRules(UseCounts uses)
{
    public IrValue? Simplify(IrInstruction instruction) => instruction switch
    {
        BinaryInstruction i => Binary(i),
        CompareInstruction i => Compare(i),
        ConvertInstruction i => Convert(i),
        SelectInstruction i => Select(i),
        OffsetInstruction i => Offset(i),
        _ => null,
    };

    /// <summary>A phi of one value (and itself) is that value.</summary>
    public static IrValue? Phi(PhiInstruction phi)
    {
        IrValue? same = null;
        foreach (IrValue operand in phi.Operands)
        {
            if (operand == phi)
                continue;
            if (same is not null && !IsSame(same, operand))
                return null;
            same = operand;
        }
        return same;
    }

    /// <summary>The condition whose opposite this is; null when it is none's.</summary>
    public static IrValue? Negated(IrValue condition) =>
        condition is CompareInstruction { Operator: CompareOperator.Equal, Left.Type.Kind: IrTypeKind.Bool, Right: IrConstant { Value: 0 } } compare
            ? compare.Left
            : null;

    private static IrValue? Select(SelectInstruction select)
    {
        if (select.Condition is IrConstant condition)
            return condition.Value != 0 ? select.IfTrue : select.IfFalse;
        if (IsSame(select.IfTrue, select.IfFalse))
            return select.IfTrue;
        if (select.Type.IsInteger && select.IfTrue is IrConstant { Value: 1 } && select.IfFalse is IrConstant { Value: 0 })
            return select.Type == IrType.Bool ? select.Condition : new ConvertInstruction(ConvertOperator.ZeroExtend, select.Type, select.Condition);
        return null;
    }

    private static IrValue? Offset(OffsetInstruction offset)
    {
        if (offset.Distance is not IrConstant distance)
            return null;
        if (distance.Value == 0)
            return offset.Pointer;
        return offset.Pointer is OffsetInstruction { Distance: IrConstant inner } first
            ? new OffsetInstruction(first.Pointer, new IrConstant(IrType.I64, inner.Value + distance.Value))
            : null;
    }

    private static bool IsSame(IrValue one, IrValue other) =>
        one == other || (one is IrConstant a && other is IrConstant b && a.Type == b.Type && a.Value == b.Value);

    private bool HasOneUse(IrValue value) => uses.Of(value) == 1;
}
