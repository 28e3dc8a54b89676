using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

internal sealed partial class SimplifyRules
{
    private static IrValue? Compare(CompareInstruction i)
    {
        if (i.Left.Type.IsPointer)
            return PointerComparison.Result(i);
        if (i.Left is IrConstant left)
        {
            return i.Right is IrConstant known
                ? ConstantFolding.Compare(i.Operator, left, known)
                : new CompareInstruction(Mirrored(i.Operator), i.Right, i.Left);
        }
        if (i.Left == i.Right)
            return ConstantFolding.Bool(IncludesEqual(i.Operator));
        if (i.Right is not IrConstant right)
            return null;
        return WithZero(i, right) ?? OfCondition(i, right);
    }

    private static IrConstant? WithZero(CompareInstruction i, IrConstant right) => (i.Operator, right.Value) switch
    {
        (CompareOperator.LessUnsigned, 0) => ConstantFolding.Bool(false),
        (CompareOperator.GreaterOrEqualUnsigned, 0) => ConstantFolding.Bool(true),
        _ => null,
    };

    // Whether a condition, as an integer or not, is 0 or 1: the condition itself or its opposite.
    private static IrValue? OfCondition(CompareInstruction i, IrConstant right)
    {
        if (i.Operator is not (CompareOperator.Equal or CompareOperator.NotEqual) || right.Value is not (0 or 1))
            return null;
        IrValue condition = i.Left is ConvertInstruction { Operator: ConvertOperator.ZeroExtend } extended ? extended.Value : i.Left;
        if (condition.Type != IrType.Bool)
            return null;
        if (i.Operator == CompareOperator.Equal == (right.Value == 1))
            return condition;
        if (condition is CompareInstruction compare)
            return new CompareInstruction(Opposite(compare.Operator), compare.Left, compare.Right);
        bool isPlain = i.Operator == CompareOperator.Equal && i.Left == condition;
        return isPlain ? null : new CompareInstruction(CompareOperator.Equal, condition, ConstantFolding.Bool(false));
    }

    private static bool IncludesEqual(CompareOperator op) => op is
        CompareOperator.Equal or CompareOperator.LessOrEqualUnsigned or CompareOperator.GreaterOrEqualUnsigned
        or CompareOperator.LessOrEqualSigned or CompareOperator.GreaterOrEqualSigned;

    /// <summary>The comparison that says the same of the operands in the other order.</summary>
    private static CompareOperator Mirrored(CompareOperator op) => op switch
    {
        CompareOperator.LessUnsigned => CompareOperator.GreaterUnsigned,
        CompareOperator.LessOrEqualUnsigned => CompareOperator.GreaterOrEqualUnsigned,
        CompareOperator.GreaterUnsigned => CompareOperator.LessUnsigned,
        CompareOperator.GreaterOrEqualUnsigned => CompareOperator.LessOrEqualUnsigned,
        CompareOperator.LessSigned => CompareOperator.GreaterSigned,
        CompareOperator.LessOrEqualSigned => CompareOperator.GreaterOrEqualSigned,
        CompareOperator.GreaterSigned => CompareOperator.LessSigned,
        CompareOperator.GreaterOrEqualSigned => CompareOperator.LessOrEqualSigned,
        _ => op,
    };

    private static CompareOperator Opposite(CompareOperator op) => op switch
    {
        CompareOperator.Equal => CompareOperator.NotEqual,
        CompareOperator.NotEqual => CompareOperator.Equal,
        CompareOperator.LessUnsigned => CompareOperator.GreaterOrEqualUnsigned,
        CompareOperator.LessOrEqualUnsigned => CompareOperator.GreaterUnsigned,
        CompareOperator.GreaterUnsigned => CompareOperator.LessOrEqualUnsigned,
        CompareOperator.GreaterOrEqualUnsigned => CompareOperator.LessUnsigned,
        CompareOperator.LessSigned => CompareOperator.GreaterOrEqualSigned,
        CompareOperator.LessOrEqualSigned => CompareOperator.GreaterSigned,
        CompareOperator.GreaterSigned => CompareOperator.LessOrEqualSigned,
        _ => CompareOperator.LessSigned,
    };
}
