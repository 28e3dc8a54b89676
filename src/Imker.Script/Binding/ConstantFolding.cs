using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Calculates what the compiler can, as the machine would: 64 bits, wrapping, shifts by the low six bits.</summary>
internal static class ConstantFolding
{
    /// <summary>False where there is no result: division by zero.</summary>
    public static bool TryEvaluate(BinaryOperation operation, long left, long right, bool isSigned, out long result)
    {
        result = 0;
        if (operation is BinaryOperation.Divide or BinaryOperation.Modulo && right == 0)
            return false;
        result = unchecked(operation switch
        {
            BinaryOperation.Add => left + right,
            BinaryOperation.Subtract => left - right,
            BinaryOperation.Multiply => left * right,
            // The smallest number divided by -1 does not fit; the machine gives it back.
            BinaryOperation.Divide when isSigned => right == -1 ? -left : left / right,
            BinaryOperation.Divide => (long)((ulong)left / (ulong)right),
            BinaryOperation.Modulo when isSigned => right == -1 ? 0 : left % right,
            BinaryOperation.Modulo => (long)((ulong)left % (ulong)right),
            BinaryOperation.And => left & right,
            BinaryOperation.Or => left | right,
            BinaryOperation.Xor => left ^ right,
            BinaryOperation.ShiftLeft => left << (int)(right & 63),
            BinaryOperation.ShiftRight when isSigned => left >> (int)(right & 63),
            BinaryOperation.ShiftRight => left >>> (int)(right & 63),
            BinaryOperation.LogicalAnd => left != 0 && right != 0 ? 1 : 0,
            BinaryOperation.LogicalOr => left != 0 || right != 0 ? 1 : 0,
            _ => Compare(operation, left, right, isSigned) ? 1 : 0,
        });
        return true;
    }

    private static bool Compare(BinaryOperation operation, long left, long right, bool isSigned)
    {
        int order = isSigned ? left.CompareTo(right) : ((ulong)left).CompareTo((ulong)right);
        return operation switch
        {
            BinaryOperation.Equal => order == 0,
            BinaryOperation.NotEqual => order != 0,
            BinaryOperation.Less => order < 0,
            BinaryOperation.LessOrEqual => order <= 0,
            BinaryOperation.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>What is left of a number in a narrower type.</summary>
    public static long Truncate(long value, ScriptType type) => type switch
    {
        BooleanType => value != 0 ? 1 : 0,
        _ => (TypeJoin.IntegerOf(type) is var integer ? integer.Bytes : 8, integer.IsSigned) switch
        {
            (1, true) => (sbyte)value,
            (1, false) => (byte)value,
            (2, true) => (short)value,
            (2, false) => (ushort)value,
            (4, true) => (int)value,
            (4, false) => (uint)value,
            _ => value,
        },
    };
}
