using Imker.Script.Bound;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

/// <summary>The operations that the operators of the text stand for.</summary>
internal static class Operations
{
    public static BinaryOperation Of(BinaryOperator op) => op switch
    {
        BinaryOperator.LogicalOr => BinaryOperation.LogicalOr,
        BinaryOperator.LogicalAnd => BinaryOperation.LogicalAnd,
        BinaryOperator.BitwiseOr => BinaryOperation.Or,
        BinaryOperator.BitwiseXor => BinaryOperation.Xor,
        BinaryOperator.BitwiseAnd => BinaryOperation.And,
        BinaryOperator.Equal => BinaryOperation.Equal,
        BinaryOperator.NotEqual => BinaryOperation.NotEqual,
        BinaryOperator.Less => BinaryOperation.Less,
        BinaryOperator.LessOrEqual => BinaryOperation.LessOrEqual,
        BinaryOperator.Greater => BinaryOperation.Greater,
        BinaryOperator.GreaterOrEqual => BinaryOperation.GreaterOrEqual,
        BinaryOperator.ShiftLeft => BinaryOperation.ShiftLeft,
        BinaryOperator.ShiftRight => BinaryOperation.ShiftRight,
        BinaryOperator.Add => BinaryOperation.Add,
        BinaryOperator.Subtract => BinaryOperation.Subtract,
        BinaryOperator.Multiply => BinaryOperation.Multiply,
        BinaryOperator.Divide => BinaryOperation.Divide,
        _ => BinaryOperation.Modulo,
    };

    public static bool IsComparison(BinaryOperation operation) => operation is >= BinaryOperation.Equal and <= BinaryOperation.GreaterOrEqual;

    public static bool IsLogical(BinaryOperation operation) => operation is BinaryOperation.LogicalAnd or BinaryOperation.LogicalOr;
}
