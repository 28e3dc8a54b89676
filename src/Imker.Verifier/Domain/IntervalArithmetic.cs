namespace Imker.Verifier.Domain;

/// <summary>Bounds of results from bounds of operands, for words of any width. What cannot be bounded is unbounded.</summary>
internal static class IntervalArithmetic
{
    public static Interval Add(in Interval a, in Interval b, int bits)
    {
        Interval result = Interval.Unbounded(bits);
        ulong mask = Widths.Mask(bits);
        ulong low = a.UMin + b.UMin & mask, high = a.UMax + b.UMax & mask;
        // Where both ends wrap, all between them do.
        if (low < a.UMin == high < a.UMax)
            (result.UMin, result.UMax) = (low, high);
        if (TryAddSigned(a.SMin, b.SMin, bits, out long min) && TryAddSigned(a.SMax, b.SMax, bits, out long max))
            (result.SMin, result.SMax) = (min, max);
        return result;
    }

    public static Interval Subtract(in Interval a, in Interval b, int bits)
    {
        Interval result = Interval.Unbounded(bits);
        ulong mask = Widths.Mask(bits);
        ulong low = a.UMin - b.UMax & mask, high = a.UMax - b.UMin & mask;
        if (a.UMin < b.UMax == a.UMax < b.UMin)
            (result.UMin, result.UMax) = (low, high);
        if (TrySubtractSigned(a.SMin, b.SMax, bits, out long min) && TrySubtractSigned(a.SMax, b.SMin, bits, out long max))
            (result.SMin, result.SMax) = (min, max);
        return result;
    }

    public static Interval Multiply(in Interval a, in Interval b, int bits)
    {
        Interval result = Interval.Unbounded(bits);
        if (Math.BigMul(a.UMax, b.UMax, out ulong high) == 0 && high <= Widths.Mask(bits))
            (result.UMin, result.UMax) = (a.UMin * b.UMin, high);
        if (TryMultiplySigned(a.SMin, b.SMin, bits, out long w) && TryMultiplySigned(a.SMin, b.SMax, bits, out long x)
            && TryMultiplySigned(a.SMax, b.SMin, bits, out long y) && TryMultiplySigned(a.SMax, b.SMax, bits, out long z))
            (result.SMin, result.SMax) = (Math.Min(Math.Min(w, x), Math.Min(y, z)), Math.Max(Math.Max(w, x), Math.Max(y, z)));
        return result;
    }

    /// <param name="known">The known bits of the result, of as many bits.</param>
    public static Interval And(in Interval a, in Interval b, Tnum known, int bits) =>
        Interval.OfUnsigned(known.Value, Math.Min(a.UMax, b.UMax), bits);

    /// <param name="known">The known bits of the result, of as many bits.</param>
    public static Interval Or(in Interval a, in Interval b, Tnum known, int bits) =>
        Interval.OfUnsigned(Math.Max(a.UMin, b.UMin), known.Largest, bits);

    /// <param name="known">The known bits of the result, of as many bits.</param>
    public static Interval Xor(Tnum known, int bits) => Interval.OfUnsigned(known.Value, known.Largest, bits);

    public static Interval ShiftLeft(in Interval a, int by, int bits)
    {
        Interval result = Interval.Unbounded(bits);
        if (a.UMax <= Widths.Mask(bits) >>> by)
            (result.UMin, result.UMax) = (a.UMin << by, a.UMax << by);
        if (a.SMin >= Widths.SignedMin(bits) >> by && a.SMax <= Widths.SignedMax(bits) >> by)
            (result.SMin, result.SMax) = (a.SMin << by, a.SMax << by);
        return result;
    }

    public static Interval ShiftRight(in Interval a, int by, int bits) => Interval.OfUnsigned(a.UMin >>> by, a.UMax >>> by, bits);

    public static Interval ShiftRightSigned(in Interval a, int by, int bits)
    {
        Interval result = Interval.Unbounded(bits);
        (result.SMin, result.SMax) = (a.SMin >> by, a.SMax >> by);
        return result;
    }

    private static bool TryAddSigned(long a, long b, int bits, out long sum)
    {
        sum = a + b;
        bool overflowed = ((a ^ sum) & (b ^ sum)) < 0;
        return !overflowed && Fits(sum, bits);
    }

    private static bool TrySubtractSigned(long a, long b, int bits, out long difference)
    {
        difference = a - b;
        bool overflowed = ((a ^ b) & (a ^ difference)) < 0;
        return !overflowed && Fits(difference, bits);
    }

    private static bool TryMultiplySigned(long a, long b, int bits, out long product)
    {
        long high = Math.BigMul(a, b, out product);
        return high == product >> 63 && Fits(product, bits);
    }

    private static bool Fits(long value, int bits) => Widths.SignExtend((ulong)value, bits) == value;
}
