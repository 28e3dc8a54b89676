using Imker.Bytecode;

namespace Imker.Verifier.Domain;

internal static partial class ScalarArithmetic<TWidth>
{
    /// <summary>Whether the comparison holds for every two numbers, for none (false), or for some (null).</summary>
    /// <param name="isLow">Only the lower halves are compared.</param>
    public static bool? Decide(JumpCondition condition, in Scalar a, in Scalar b, bool isLow)
    {
        if (!isLow)
            return Decide(condition, a.Known, b.Known, a.Whole, b.Whole) ?? DecideByLow(condition, a, b);
        return Decide(condition, a.Known.Truncate(LowBits), b.Known.Truncate(LowBits), a.Low, b.Low);
    }

    /// <summary>Takes over what a comparison that held, or did not, says about both sides. Either may become empty: then it cannot be.</summary>
    public static void Refine(JumpCondition condition, bool held, ref Scalar a, ref Scalar b, bool isLow)
    {
        int bits = isLow ? LowBits : Bits;
        Tnum left = isLow ? a.Known.Truncate(LowBits) : a.Known, right = isLow ? b.Known.Truncate(LowBits) : b.Known;
        if (isLow)
            Refine(condition, held, ref left, ref right, ref a.Low, ref b.Low, bits);
        else
            Refine(condition, held, ref left, ref right, ref a.Whole, ref b.Whole, bits);
        a.Known = isLow ? left.WithHigh(a.Known, LowBits) : left;
        b.Known = isLow ? right.WithHigh(b.Known, LowBits) : right;
        Settle(ref a);
        Settle(ref b);
    }

    private static bool? DecideByLow(JumpCondition condition, in Scalar a, in Scalar b)
    {
        bool areApart = a.Low.UMin > b.Low.UMax || a.Low.UMax < b.Low.UMin || a.Low.SMin > b.Low.SMax || a.Low.SMax < b.Low.SMin;
        return (condition, areApart) switch
        {
            (JumpCondition.Equal, true) => false,
            (JumpCondition.NotEqual, true) => true,
            _ => null,
        };
    }

    private static bool? Decide(JumpCondition condition, Tnum left, Tnum right, in Interval a, in Interval b) => condition switch
    {
        JumpCondition.Equal => AreEqual(left, right, a, b),
        JumpCondition.NotEqual => !AreEqual(left, right, a, b),
        JumpCondition.BitsSet => AreBitsSet(left, right),
        JumpCondition.Greater => a.UMin > b.UMax ? true : a.UMax <= b.UMin ? false : null,
        JumpCondition.GreaterOrEqual => a.UMin >= b.UMax ? true : a.UMax < b.UMin ? false : null,
        JumpCondition.Less => a.UMax < b.UMin ? true : a.UMin >= b.UMax ? false : null,
        JumpCondition.LessOrEqual => a.UMax <= b.UMin ? true : a.UMin > b.UMax ? false : null,
        JumpCondition.SignedGreater => a.SMin > b.SMax ? true : a.SMax <= b.SMin ? false : null,
        JumpCondition.SignedGreaterOrEqual => a.SMin >= b.SMax ? true : a.SMax < b.SMin ? false : null,
        JumpCondition.SignedLess => a.SMax < b.SMin ? true : a.SMin >= b.SMax ? false : null,
        JumpCondition.SignedLessOrEqual => a.SMax <= b.SMin ? true : a.SMin > b.SMax ? false : null,
        _ => null,
    };

    private static bool? AreEqual(Tnum left, Tnum right, in Interval a, in Interval b)
    {
        if (left.IsConstant && right.IsConstant)
            return left.Value == right.Value;
        if (a.UMin > b.UMax || a.UMax < b.UMin || a.SMin > b.SMax || a.SMax < b.SMin || !Tnum.TryIntersect(left, right, out _))
            return false;
        return null;
    }

    private static bool? AreBitsSet(Tnum left, Tnum right)
    {
        if ((left.Value & right.Value) != 0)
            return true;
        return (left.Largest & right.Largest) == 0 ? false : null;
    }

    private static void Refine(JumpCondition condition, bool held, ref Tnum left, ref Tnum right, ref Interval a, ref Interval b, int bits)
    {
        switch (condition)
        {
            case JumpCondition.Equal when held:
            case JumpCondition.NotEqual when !held:
                BeEqual(ref left, ref right, ref a, ref b);
                break;
            case JumpCondition.Equal or JumpCondition.NotEqual:
                BeDifferent(ref a, b, bits);
                BeDifferent(ref b, a, bits);
                break;
            case JumpCondition.BitsSet:
                if (right.IsConstant)
                    SetBits(ref left, right.Value, held, ref a);
                else if (left.IsConstant)
                    SetBits(ref right, left.Value, held, ref b);
                break;
            case JumpCondition.Greater:
                Order(ref b, ref a, held, isStrict: true);
                break;
            case JumpCondition.GreaterOrEqual:
                Order(ref b, ref a, held, isStrict: false);
                break;
            case JumpCondition.Less:
                Order(ref a, ref b, held, isStrict: true);
                break;
            case JumpCondition.LessOrEqual:
                Order(ref a, ref b, held, isStrict: false);
                break;
            case JumpCondition.SignedGreater:
                OrderSigned(ref b, ref a, held, isStrict: true);
                break;
            case JumpCondition.SignedGreaterOrEqual:
                OrderSigned(ref b, ref a, held, isStrict: false);
                break;
            case JumpCondition.SignedLess:
                OrderSigned(ref a, ref b, held, isStrict: true);
                break;
            case JumpCondition.SignedLessOrEqual:
                OrderSigned(ref a, ref b, held, isStrict: false);
                break;
        }
    }

    private static void BeEqual(ref Tnum left, ref Tnum right, ref Interval a, ref Interval b)
    {
        a.Intersect(b);
        b = a;
        if (Tnum.TryIntersect(left, right, out Tnum both))
            left = right = both;
        else
            (a.UMin, a.UMax) = (b.UMin, b.UMax) = (1, 0);
    }

    // Only what stands at an end of a range can be taken from it.
    private static void BeDifferent(ref Interval a, in Interval b, int bits)
    {
        if (b.UMin == b.UMax)
        {
            if (a.UMin == b.UMin)
                a.UMin = a.UMin == Widths.Mask(bits) ? Empty(ref a) : a.UMin + 1;
            if (a.UMax == b.UMax)
                a.UMax = a.UMax == 0 ? 0 : a.UMax - 1;
        }
        if (b.SMin == b.SMax)
        {
            if (a.SMin == b.SMin)
                a.SMin = a.SMin == Widths.SignedMax(bits) ? (long)Empty(ref a) : a.SMin + 1;
            if (a.SMax == b.SMax)
                a.SMax = a.SMax == Widths.SignedMin(bits) ? a.SMax : a.SMax - 1;
        }
    }

    private static ulong Empty(ref Interval a)
    {
        a.UMax = 0;
        return 1;
    }

    private static void SetBits(ref Tnum known, ulong bits, bool held, ref Interval range)
    {
        if (held && System.Numerics.BitOperations.IsPow2(bits))
            known = new Tnum(known.Value | bits, known.Mask & ~bits);
        else if (!held && (known.Value & bits) == 0)
            known = new Tnum(known.Value, known.Mask & ~bits);
        else if (!held)
            Empty(ref range);
    }

    // The smaller one is at most the larger one's largest, the larger one at least the smaller one's smallest.
    private static void Order(ref Interval a, ref Interval b, bool held, bool isStrict)
    {
        ref Interval small = ref held ? ref a : ref b, large = ref held ? ref b : ref a;
        ulong apart = isStrict == held ? 1UL : 0;
        if (apart != 0 && (large.UMax == 0 || small.UMin == ulong.MaxValue))
        {
            small.UMin = Empty(ref small);
            return;
        }
        ulong most = large.UMax - apart, least = small.UMin + apart;
        small.UMax = Math.Min(small.UMax, most);
        large.UMin = Math.Max(large.UMin, least);
    }

    private static void OrderSigned(ref Interval a, ref Interval b, bool held, bool isStrict)
    {
        ref Interval small = ref held ? ref a : ref b, large = ref held ? ref b : ref a;
        long apart = isStrict == held ? 1 : 0;
        if (apart != 0 && (large.SMax == long.MinValue || small.SMin == long.MaxValue))
        {
            small.UMin = Empty(ref small);
            return;
        }
        long most = large.SMax - apart, least = small.SMin + apart;
        small.SMax = Math.Min(small.SMax, most);
        large.SMin = Math.Max(large.SMin, least);
    }
}
