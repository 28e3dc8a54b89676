using System.Numerics;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

internal sealed partial class SimplifyRules
{
    private IrValue? Binary(BinaryInstruction i)
    {
        if (i.Left is IrConstant left)
        {
            if (i.Right is IrConstant known)
                return ConstantFolding.Binary(i.Operator, left, known);
            return IsCommutative(i.Operator) ? new BinaryInstruction(i.Operator, i.Right, i.Left) : ZeroOnTheLeft(i, left);
        }
        if (i.Right is IrConstant right)
            return WithConstant(i, right) ?? Rearranged(i, right);
        return i.Left == i.Right ? OfTwins(i) : null;
    }

    internal static bool IsCommutative(BinaryOperator op) =>
        op is BinaryOperator.Add or BinaryOperator.Multiply or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor;

    private static IrConstant? ZeroOnTheLeft(BinaryInstruction i, IrConstant left) =>
        left.Value == 0 && i.Operator != BinaryOperator.Subtract ? left : null;

    private static IrValue? OfTwins(BinaryInstruction i) => i.Operator switch
    {
        BinaryOperator.Subtract or BinaryOperator.Xor or BinaryOperator.ModuloUnsigned or BinaryOperator.ModuloSigned => new IrConstant(i.Type, 0),
        BinaryOperator.And or BinaryOperator.Or => i.Left,
        _ => null,
    };

    private static IrValue? WithConstant(BinaryInstruction i, IrConstant right) => i.Operator switch
    {
        BinaryOperator.Add or BinaryOperator.Or or BinaryOperator.Xor when right.Value == 0 => i.Left,
        BinaryOperator.Subtract => right.Value == 0 ? i.Left : New(BinaryOperator.Add, i.Left, -right.Value),
        BinaryOperator.Or when right.SignedValue == -1 => right,
        BinaryOperator.And => WithMask(i, right),
        BinaryOperator.Multiply => TimesConstant(i, right),
        BinaryOperator.DivideUnsigned or BinaryOperator.ModuloUnsigned => UnsignedByConstant(i, right),
        BinaryOperator.DivideSigned or BinaryOperator.ModuloSigned => SignedByConstant(i, right),
        BinaryOperator.ShiftLeft or BinaryOperator.ShiftRightUnsigned or BinaryOperator.ShiftRightSigned => ByCount(i, right),
        _ => null,
    };

    private static IrValue? WithMask(BinaryInstruction i, IrConstant mask)
    {
        if (mask.Value == 0)
            return mask;
        int bits = VisibleBits(i.Left);
        ulong reached = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        return (reached & ~(ulong)mask.Value) == 0 ? i.Left : null;
    }

    private static IrValue? TimesConstant(BinaryInstruction i, IrConstant factor)
    {
        if (factor.Value is 0)
            return factor;
        if (factor.Value is 1)
            return i.Left;
        return BitOperations.IsPow2((ulong)factor.Value)
            ? New(BinaryOperator.ShiftLeft, i.Left, BitOperations.Log2((ulong)factor.Value))
            : null;
    }

    private static IrValue? UnsignedByConstant(BinaryInstruction i, IrConstant divisor)
    {
        bool divides = i.Operator == BinaryOperator.DivideUnsigned;
        if (divisor.Value == 0)
            return divides ? divisor : i.Left;
        if (divisor.Value == 1)
            return divides ? i.Left : new IrConstant(i.Type, 0);
        if (!BitOperations.IsPow2((ulong)divisor.Value))
            return null;
        return divides
            ? New(BinaryOperator.ShiftRightUnsigned, i.Left, BitOperations.Log2((ulong)divisor.Value))
            : New(BinaryOperator.And, i.Left, divisor.Value - 1);
    }

    private static IrValue? SignedByConstant(BinaryInstruction i, IrConstant divisor)
    {
        bool divides = i.Operator == BinaryOperator.DivideSigned;
        return divisor.SignedValue switch
        {
            0 => divides ? divisor : i.Left,
            1 => divides ? i.Left : new IrConstant(i.Type, 0),
            -1 => divides ? new BinaryInstruction(BinaryOperator.Subtract, new IrConstant(i.Type, 0), i.Left) : new IrConstant(i.Type, 0),
            _ => null,
        };
    }

    private static IrValue? ByCount(BinaryInstruction i, IrConstant count)
    {
        long taken = count.Value & (i.Type.Bits - 1);
        if (taken == 0)
            return i.Left;
        return taken != count.Value ? New(i.Operator, i.Left, taken) : null;
    }

    // (x + 1) + 2 is x + 3. The bounds of a part that something else looks at, a comparison before all, would be lost.
    private BinaryInstruction? Rearranged(BinaryInstruction i, IrConstant right)
    {
        if (i.Operator is not (BinaryOperator.Add or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor or BinaryOperator.Multiply)
            || i.Left is not BinaryInstruction { Right: IrConstant inner } part || part.Operator != i.Operator || !HasOneUse(part))
            return null;
        return new BinaryInstruction(i.Operator, part.Left, ConstantFolding.Binary(i.Operator, inner, right));
    }

    private static BinaryInstruction New(BinaryOperator op, IrValue left, long right) => new(op, left, new IrConstant(left.Type, right));

    /// <summary>
    /// The bits that may be set, counted from the lowest, as far as the verifier sees it too: from the width of loads and
    /// registers, constant shifts and masks.
    /// </summary>
    private static int VisibleBits(IrValue value) => value switch
    {
        IrConstant constant => 64 - BitOperations.LeadingZeroCount((ulong)constant.Value),
        ConvertInstruction { Operator: ConvertOperator.ZeroExtend } convert => convert.Value.Type.Bits,
        BinaryInstruction { Operator: BinaryOperator.And, Right: IrConstant { Value: >= 0 } mask } => VisibleBits(mask),
        BinaryInstruction { Operator: BinaryOperator.ShiftRightUnsigned, Right: IrConstant count } shift =>
            shift.Type.Bits - (int)(count.Value & (shift.Type.Bits - 1)),
        _ => value.Type.Bits,
    };
}
