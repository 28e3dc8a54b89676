using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Selection;

/// <summary>Sees through the values that become no code of their own, so that what was checked and what is used are one register.</summary>
internal static class Operands
{
    /// <summary>The value whose register is the value's: without assumptions, extensions with zeros and cuts that cut nothing.</summary>
    public static IrValue Resolve(IrValue value)
    {
        while (true)
        {
            switch (value)
            {
                case AssumeInstruction assume:
                    value = assume.Value;
                    continue;
                case ConvertInstruction convert when IsFree(convert):
                    value = convert.Value;
                    continue;
                default:
                    return value;
            }
        }
    }

    /// <summary>A pointer without the constant distances added to it, and their sum.</summary>
    public static IrValue StripOffsets(IrValue pointer, out long distance)
    {
        distance = 0;
        IrValue value = Resolve(pointer);
        while (value is OffsetInstruction offset && Resolve(offset.Distance) is IrConstant constant && Fits(distance + constant.Value))
        {
            distance += constant.Value;
            value = Resolve(offset.Pointer);
        }
        return value;
    }

    /// <summary>A condition without negations of booleans, and whether there was an odd number of them.</summary>
    public static IrValue StripNegations(IrValue condition, out bool negated)
    {
        negated = false;
        IrValue value = Resolve(condition);
        while (true)
        {
            IrValue operand;
            switch (value)
            {
                case CompareInstruction { Operator: CompareOperator.Equal or CompareOperator.NotEqual } compare
                    when compare.Left.Type.Kind == IrTypeKind.Bool && Resolve(compare.Right) is IrConstant constant:
                    negated ^= constant.Value == 0 == (compare.Operator == CompareOperator.Equal);
                    operand = compare.Left;
                    break;
                case BinaryInstruction { Operator: BinaryOperator.Xor } binary
                    when binary.Type.Kind == IrTypeKind.Bool && Resolve(binary.Right) is IrConstant constant:
                    negated ^= constant.Value == 1;
                    operand = binary.Left;
                    break;
                default:
                    return value;
            }
            value = Resolve(operand);
        }
    }

    /// <summary>A value that is made anew by one instruction, or two, wherever it is needed.</summary>
    public static bool IsMadeAtUse(IrValue value) =>
        value is IrConstant or StackAllocateInstruction or MapAddressInstruction or FunctionAddressInstruction;

    /// <summary>The bits, counted from the lowest, that a value may have set.</summary>
    public static int KnownWidth(IrValue value) => Resolve(value) switch
    {
        IrConstant constant => (int)(64 - long.LeadingZeroCount(constant.Value)),
        BinaryInstruction { Operator: BinaryOperator.ShiftRightUnsigned } shift when Resolve(shift.Right) is IrConstant count =>
            Math.Max(0, shift.Type.Bits - (int)(count.Value & (shift.Type.Bits - 1))),
        BinaryInstruction { Operator: BinaryOperator.And } and => Math.Min(ConstantWidth(and.Left), ConstantWidth(and.Right)),
        IrValue other => other.Type.Bits,
    };

    private static int ConstantWidth(IrValue value) =>
        Resolve(value) is IrConstant constant ? KnownWidth(constant) : value.Type.Bits;

    private static bool IsFree(ConvertInstruction convert) => convert.Operator switch
    {
        ConvertOperator.ZeroExtend or ConvertOperator.PointerToInteger => true,
        ConvertOperator.SignExtend => convert.Value.Type.Kind == IrTypeKind.Bool,
        ConvertOperator.Truncate => KnownWidth(convert.Value) <= convert.Type.Bits,
        _ => false,
    };

    // Registers and addresses take a 32-bit constant.
    private static bool Fits(long distance) => distance is >= int.MinValue and <= int.MaxValue;
}
