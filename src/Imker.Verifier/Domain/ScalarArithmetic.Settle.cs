namespace Imker.Verifier.Domain;

internal static partial class ScalarArithmetic<TWidth>
{
    private static void TightenByBits(ref Scalar number)
    {
        number.Low.TightenBy(number.Known.Truncate(LowBits), LowBits);
        number.Whole.TightenBy(number.Known, Bits);
    }

    private static void TightenBits(ref Scalar number)
    {
        // Bits and bounds that contradict each other leave nothing: the empty bounds tell.
        if (number.Whole.UMin <= number.Whole.UMax && !Tnum.TryIntersect(number.Known, Tnum.Range(number.Whole.UMin, number.Whole.UMax), out number.Known))
            MakeEmpty(ref number);
        if (number.Low.UMin > number.Low.UMax)
            return;
        if (!Tnum.TryIntersect(number.Known.Truncate(LowBits), Tnum.Range(number.Low.UMin, number.Low.UMax), out Tnum low))
            MakeEmpty(ref number);
        number.Known = low.WithHigh(number.Known, LowBits);
    }

    private static void MakeEmpty(ref Scalar number) => (number.Whole.UMin, number.Whole.UMax) = (1, 0);

    private static void Deduce(ref Scalar number)
    {
        if (number.IsEmpty)
            return;
        LowFromWhole(ref number);
        number.Low.Deduce(LowBits);
        number.Whole.Deduce(Bits);
        WholeFromLow(ref number);
    }

    // Where the upper half is the same at both ends of the range, the lower half is bounded by the ends' lower halves.
    private static void LowFromWhole(ref Scalar number)
    {
        ulong mask = Widths.Mask(LowBits);
        ref Interval whole = ref number.Whole, low = ref number.Low;
        if (whole.UMin >>> LowBits == whole.UMax >>> LowBits)
        {
            low.UMin = Math.Max(low.UMin, whole.UMin & mask);
            low.UMax = Math.Min(low.UMax, whole.UMax & mask);
            BoundSigned(ref low, whole.UMin, whole.UMax);
        }
        if (whole.SMin >> LowBits == whole.SMax >> LowBits)
        {
            low.UMin = Math.Max(low.UMin, (ulong)whole.SMin & mask);
            low.UMax = Math.Min(low.UMax, (ulong)whole.SMax & mask);
            BoundSigned(ref low, (ulong)whole.SMin, (ulong)whole.SMax);
        }
        // From the negative half of one upper half to the positive half of the next there is no wrap of the signed lower half.
        if ((whole.UMin >>> LowBits) + 1 == whole.UMax >>> LowBits)
            BoundAcross(ref low, whole.UMin, whole.UMax);
        if ((whole.SMin >> LowBits) + 1 == whole.SMax >> LowBits)
            BoundAcross(ref low, (ulong)whole.SMin, (ulong)whole.SMax);
    }

    private static void BoundSigned(ref Interval low, ulong from, ulong to)
    {
        long min = Widths.SignExtend(from, LowBits), max = Widths.SignExtend(to, LowBits);
        if (min > max)
            return;
        low.SMin = Math.Max(low.SMin, min);
        low.SMax = Math.Min(low.SMax, max);
    }

    private static void BoundAcross(ref Interval low, ulong from, ulong to)
    {
        if (Widths.SignExtend(from, LowBits) < 0 && Widths.SignExtend(to, LowBits) >= 0)
            BoundSigned(ref low, from, to);
    }

    // The upper half of a bound with the lower half's own bound: no number of that upper half is beyond it.
    private static void WholeFromLow(ref Scalar number)
    {
        ulong mask = Widths.Mask(LowBits);
        ref Interval whole = ref number.Whole, low = ref number.Low;
        whole.UMin = Math.Max(whole.UMin, whole.UMin & ~mask | low.UMin);
        whole.UMax = Math.Min(whole.UMax, whole.UMax & ~mask | low.UMax);
        whole.SMin = Math.Max(whole.SMin, whole.SMin & ~(long)mask | (long)low.UMin);
        whole.SMax = Math.Min(whole.SMax, whole.SMax & ~(long)mask | (long)low.UMax);
        // A number that fits the signed lower half is that half, sign-extended.
        if (whole.SMin >= Widths.SignedMin(LowBits) && whole.SMax <= Widths.SignedMax(LowBits))
        {
            whole.SMin = Math.Max(whole.SMin, low.SMin);
            whole.SMax = Math.Min(whole.SMax, low.SMax);
        }
    }
}
