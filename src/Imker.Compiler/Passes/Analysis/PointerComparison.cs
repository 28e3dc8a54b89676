using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>What the types of pointers say of their comparison with null.</summary>
internal static class PointerComparison
{
    /// <summary>The constant result; null when only the run can tell.</summary>
    public static IrConstant? Result(CompareInstruction compare)
    {
        bool? areEqual = (IsNull(compare.Left), IsNull(compare.Right)) switch
        {
            (true, true) => true,
            (true, false) when !compare.Right.Type.IsNullable => false,
            (false, true) when !compare.Left.Type.IsNullable => false,
            _ => compare.Left == compare.Right ? true : null,
        };
        return areEqual is { } equal ? ConstantFolding.Bool(equal == (compare.Operator == CompareOperator.Equal)) : null;
    }

    private static bool IsNull(IrValue value) => value is IrConstant;
}
