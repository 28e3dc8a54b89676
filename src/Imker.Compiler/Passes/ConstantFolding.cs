using System.Buffers.Binary;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>What instructions give for operands that are known, as the kernel's interpreter and JIT compute it (RFC 9669).</summary>
internal static class ConstantFolding
{
    public static IrConstant Binary(BinaryOperator op, IrConstant left, IrConstant right) =>
        new(left.Type, left.Type.Bits == 64 ? Binary64(op, left.Value, right.Value) : Binary32(op, (int)left.Value, (int)right.Value));

    public static IrConstant Compare(CompareOperator op, IrConstant left, IrConstant right)
    {
        (ulong a, ulong b) = ((ulong)left.Value, (ulong)right.Value);
        (long x, long y) = (left.SignedValue, right.SignedValue);
        bool result = op switch
        {
            CompareOperator.Equal => a == b,
            CompareOperator.NotEqual => a != b,
            CompareOperator.LessUnsigned => a < b,
            CompareOperator.LessOrEqualUnsigned => a <= b,
            CompareOperator.GreaterUnsigned => a > b,
            CompareOperator.GreaterOrEqualUnsigned => a >= b,
            CompareOperator.LessSigned => x < y,
            CompareOperator.LessOrEqualSigned => x <= y,
            CompareOperator.GreaterSigned => x > y,
            _ => x >= y,
        };
        return Bool(result);
    }

    /// <summary>Null for the number of a pointer, which is not known.</summary>
    public static IrConstant? Convert(ConvertOperator op, IrType type, IrConstant value) => op switch
    {
        ConvertOperator.ZeroExtend or ConvertOperator.Truncate => new IrConstant(type, value.Value),
        ConvertOperator.SignExtend => new IrConstant(type, value.SignedValue),
        ConvertOperator.ByteSwap => new IrConstant(type, type.Bits switch
        {
            16 => BinaryPrimitives.ReverseEndianness((short)value.Value),
            32 => BinaryPrimitives.ReverseEndianness((int)value.Value),
            _ => BinaryPrimitives.ReverseEndianness(value.Value),
        }),
        _ => null,
    };

    public static IrConstant Bool(bool value) => new(IrType.Bool, value ? 1 : 0);

    private static long Binary64(BinaryOperator op, long a, long b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.DivideUnsigned => b == 0 ? 0 : (long)((ulong)a / (ulong)b),
        BinaryOperator.DivideSigned => b == 0 ? 0 : b == -1 ? -a : a / b,
        BinaryOperator.ModuloUnsigned => b == 0 ? a : (long)((ulong)a % (ulong)b),
        BinaryOperator.ModuloSigned => b == 0 ? a : b == -1 ? 0 : a % b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        BinaryOperator.ShiftLeft => a << (int)(b & 63),
        BinaryOperator.ShiftRightUnsigned => a >>> (int)(b & 63),
        _ => a >> (int)(b & 63),
    };

    private static int Binary32(BinaryOperator op, int a, int b) => op switch
    {
        BinaryOperator.DivideUnsigned => b == 0 ? 0 : (int)((uint)a / (uint)b),
        BinaryOperator.ModuloUnsigned => b == 0 ? a : (int)((uint)a % (uint)b),
        BinaryOperator.ShiftLeft => a << (b & 31),
        BinaryOperator.ShiftRightUnsigned => a >>> (b & 31),
        BinaryOperator.ShiftRightSigned => a >> (b & 31),
        _ => (int)Binary64(op, a, b),
    };
}
