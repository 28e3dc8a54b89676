using Imker.Bytecode;

namespace Imker.Verifier.Domain;

/// <summary>
/// The arithmetic of eBPF on what is known of numbers. Its soundness, that no possible result is missing, is shown by trying every pair
/// of values of a narrow width.
/// </summary>
internal static partial class ScalarArithmetic<TWidth>
    where TWidth : struct, IWidth
{
    private static int Bits => TWidth.Bits;

    private static int LowBits => TWidth.LowBits;

    public static Scalar Unknown() => new()
    {
        Known = Tnum.Unknown.Truncate(Bits),
        Whole = Interval.Unbounded(Bits),
        Low = Interval.Unbounded(LowBits),
    };

    public static Scalar Constant(ulong value)
    {
        value &= Widths.Mask(Bits);
        return new Scalar { Known = Tnum.Constant(value), Whole = Interval.Constant(value, Bits), Low = Interval.Constant(value, LowBits) };
    }

    /// <summary>Lets the known bits and the bounds learn from each other (kernel: <c>reg_bounds_sync</c>).</summary>
    public static void Settle(ref Scalar number)
    {
        TightenByBits(ref number);
        for (int round = 0; round < 3; round++)
            Deduce(ref number);
        TightenBits(ref number);
        TightenByBits(ref number);
    }

    /// <summary>
    /// Arithmetic on the whole register. Quotients and remainders are unknown, as are shifts by what is no constant.
    /// </summary>
    public static Scalar Compute(AluOperation operation, in Scalar a, in Scalar b)
    {
        if (!IsComputable(operation, b.Known, b.Whole, Bits))
            return Unknown();
        Scalar result = Unknown();
        int by = (int)(b.Known.Value & 63);
        switch (operation)
        {
            case AluOperation.ShiftRight:
                result.Known = a.Known >> by;
                result.Whole = IntervalArithmetic.ShiftRight(a.Whole, by, Bits);
                break;
            case AluOperation.ShiftRightSigned:
                result.Known = a.Known.ShiftRightSigned(by, Bits);
                result.Whole = IntervalArithmetic.ShiftRightSigned(a.Whole, by, Bits);
                break;
            case AluOperation.ShiftLeft:
                result.Known = (a.Known << by).Truncate(Bits);
                result.Whole = ShiftLeft(a, by);
                result.Low = by < LowBits ? IntervalArithmetic.ShiftLeft(a.Low, by, LowBits) : Interval.Constant(0, LowBits);
                break;
            default:
                result.Known = Combine(operation, a.Known, b.Known).Truncate(Bits);
                result.Whole = Combine(operation, a.Whole, b.Whole, result.Known, Bits);
                result.Low = Combine(operation, a.Low, b.Low, result.Known.Truncate(LowBits), LowBits);
                break;
        }
        Settle(ref result);
        return result;
    }

    /// <summary>Arithmetic on the lower half; the upper half becomes zero.</summary>
    public static Scalar ComputeLow(AluOperation operation, in Scalar a, in Scalar b)
    {
        Tnum left = a.Known.Truncate(LowBits), right = b.Known.Truncate(LowBits);
        Scalar result = Unknown();
        if (IsComputable(operation, right, b.Low, LowBits))
        {
            int by = (int)(right.Value & 63);
            (Tnum known, result.Low) = operation switch
            {
                AluOperation.ShiftLeft => (left << by, IntervalArithmetic.ShiftLeft(a.Low, by, LowBits)),
                AluOperation.ShiftRight => (left >> by, IntervalArithmetic.ShiftRight(a.Low, by, LowBits)),
                AluOperation.ShiftRightSigned => (left.ShiftRightSigned(by, LowBits), IntervalArithmetic.ShiftRightSigned(a.Low, by, LowBits)),
                _ => CombineLow(operation, left, right, a.Low, b.Low),
            };
            result.Known = known.Truncate(LowBits).WithHigh(result.Known, LowBits);
        }
        return ZeroExtend(result);
    }

    /// <summary>The lower half, zero-extended: what every 32-bit instruction leaves.</summary>
    public static Scalar ZeroExtend(in Scalar number)
    {
        Scalar result = number;
        result.Known = number.Known.Truncate(LowBits);
        result.Whole = Interval.OfUnsigned(number.Low.UMin, number.Low.UMax, Bits);
        Settle(ref result);
        return result;
    }

    /// <summary>The low bits, zero-extended: what a load of them leaves.</summary>
    public static Scalar Truncate(in Scalar number, int bits)
    {
        if (bits >= Bits)
            return number;
        if (bits == LowBits)
            return ZeroExtend(number);
        Scalar result = Unknown();
        result.Known = number.Known.Truncate(bits);
        ulong mask = Widths.Mask(bits);
        // Where the bits above are the same at both ends, they are for all between.
        bool isKept = (number.Whole.UMin & ~mask) == (number.Whole.UMax & ~mask);
        result.Whole = isKept
            ? Interval.OfUnsigned(number.Whole.UMin & mask, number.Whole.UMax & mask, Bits)
            : Interval.OfUnsigned(0, mask, Bits);
        Settle(ref result);
        return result;
    }

    /// <summary>The low bits, sign-extended to the whole register.</summary>
    public static Scalar SignExtend(in Scalar number, int bits)
    {
        if (bits >= Bits)
            return number;
        Scalar result = Unknown();
        if (bits == LowBits)
            (result.Whole.SMin, result.Whole.SMax) = (number.Low.SMin, number.Low.SMax);
        else if (FitsSigned(number.Whole.SMin, bits) && FitsSigned(number.Whole.SMax, bits))
            (result.Whole.SMin, result.Whole.SMax) = (number.Whole.SMin, number.Whole.SMax);
        else
            (result.Whole.SMin, result.Whole.SMax) = (Widths.SignedMin(bits), Widths.SignedMax(bits));
        Tnum low = number.Known.Truncate(bits);
        result.Known = new Tnum((ulong)Widths.SignExtend(low.Value, bits), (ulong)Widths.SignExtend(low.Mask, bits)).Truncate(Bits);
        result.Known = new Tnum(result.Known.Value & ~result.Known.Mask, result.Known.Mask);
        Settle(ref result);
        return result;
    }

    private static bool FitsSigned(long value, int bits) => Widths.SignExtend((ulong)value, bits) == value;

    private static bool IsComputable(AluOperation operation, Tnum b, in Interval range, int bits) => operation switch
    {
        AluOperation.Add or AluOperation.Sub or AluOperation.Mul or AluOperation.And or AluOperation.Or or AluOperation.Xor => true,
        AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned => b.IsConstant && range.UMax < (ulong)bits,
        _ => false,
    };

    private static Tnum Combine(AluOperation operation, Tnum a, Tnum b) => operation switch
    {
        AluOperation.Add => a + b,
        AluOperation.Sub => a - b,
        AluOperation.Mul => a * b,
        AluOperation.And => a & b,
        AluOperation.Or => a | b,
        _ => a ^ b,
    };

    private static Interval Combine(AluOperation operation, in Interval a, in Interval b, Tnum known, int bits) => operation switch
    {
        AluOperation.Add => IntervalArithmetic.Add(a, b, bits),
        AluOperation.Sub => IntervalArithmetic.Subtract(a, b, bits),
        AluOperation.Mul => IntervalArithmetic.Multiply(a, b, bits),
        AluOperation.And => IntervalArithmetic.And(a, b, known, bits),
        AluOperation.Or => IntervalArithmetic.Or(a, b, known, bits),
        _ => IntervalArithmetic.Xor(known, bits),
    };

    private static (Tnum Known, Interval Range) CombineLow(AluOperation operation, Tnum left, Tnum right, in Interval a, in Interval b)
    {
        Tnum known = Combine(operation, left, right).Truncate(LowBits);
        return (known, Combine(operation, a, b, known, LowBits));
    }

    // A shift of the lower half to the top makes its sign that of the whole.
    private static Interval ShiftLeft(in Scalar a, int by)
    {
        Interval result = IntervalArithmetic.ShiftLeft(a.Whole, by, Bits);
        if (by == Bits - LowBits)
            (result.SMin, result.SMax) = (Math.Max(result.SMin, a.Low.SMin << by), Math.Min(result.SMax, a.Low.SMax << by));
        return result;
    }
}
