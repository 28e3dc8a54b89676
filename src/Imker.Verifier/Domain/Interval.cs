namespace Imker.Verifier.Domain;

/// <summary>Bounds of a word of some bits, read as unsigned and as signed number. All four hold at once.</summary>
internal struct Interval
{
    public ulong UMin;
    public ulong UMax;
    public long SMin;
    public long SMax;

    public static Interval Unbounded(int bits) => new()
    {
        UMin = 0,
        UMax = Widths.Mask(bits),
        SMin = Widths.SignedMin(bits),
        SMax = Widths.SignedMax(bits),
    };

    public static Interval Constant(ulong value, int bits)
    {
        value &= Widths.Mask(bits);
        long signed = Widths.SignExtend(value, bits);
        return new Interval { UMin = value, UMax = value, SMin = signed, SMax = signed };
    }

    public static Interval OfUnsigned(ulong min, ulong max, int bits)
    {
        Interval result = Unbounded(bits);
        (result.UMin, result.UMax) = (min, max);
        return result;
    }

    public readonly bool IsEmpty => UMin > UMax || SMin > SMax;

    public readonly bool IsConstant => UMin == UMax;

    /// <summary>Whether both readings of every number of the other are within these bounds.</summary>
    public readonly bool Contains(in Interval other) =>
        UMin <= other.UMin && UMax >= other.UMax && SMin <= other.SMin && SMax >= other.SMax;

    public readonly bool Equals(in Interval other) =>
        UMin == other.UMin && UMax == other.UMax && SMin == other.SMin && SMax == other.SMax;

    public void Intersect(in Interval other)
    {
        UMin = Math.Max(UMin, other.UMin);
        UMax = Math.Min(UMax, other.UMax);
        SMin = Math.Max(SMin, other.SMin);
        SMax = Math.Min(SMax, other.SMax);
    }

    public void ForgetSigned(int bits)
    {
        SMin = Widths.SignedMin(bits);
        SMax = Widths.SignedMax(bits);
    }

    public void ForgetUnsigned(int bits)
    {
        UMin = 0;
        UMax = Widths.Mask(bits);
    }

    /// <summary>Takes over what the known bits say about the bounds.</summary>
    public void TightenBy(Tnum known, int bits)
    {
        UMin = Math.Max(UMin, known.Value);
        UMax = Math.Min(UMax, known.Largest);
        ulong sign = 1UL << bits - 1;
        // The smallest number has the sign where it may have it, the largest has not.
        SMin = Math.Max(SMin, Widths.SignExtend(known.Value | known.Mask & sign, bits));
        SMax = Math.Min(SMax, Widths.SignExtend(known.Value | known.Mask & ~sign, bits));
    }

    /// <summary>Lets the signed reading learn from the unsigned one and the other way round.</summary>
    public void Deduce(int bits)
    {
        ulong mask = Widths.Mask(bits);
        long signedLow = Widths.SignExtend(UMin, bits), signedHigh = Widths.SignExtend(UMax, bits);
        if (signedLow <= signedHigh)
        {
            // The unsigned range does not cross from the largest positive number to the smallest negative one.
            SMin = Math.Max(SMin, signedLow);
            SMax = Math.Min(SMax, signedHigh);
        }
        ulong unsignedLow = (ulong)SMin & mask, unsignedHigh = (ulong)SMax & mask;
        if (unsignedLow <= unsignedHigh)
        {
            UMin = Math.Max(UMin, unsignedLow);
            UMax = Math.Min(UMax, unsignedHigh);
        }
        else if (UMax < unsignedLow)
        {
            // The signed range is negative and positive numbers; all of these are positive.
            SMin = 0;
            UMax = Math.Min(UMax, unsignedHigh);
        }
        else if (UMin > unsignedHigh)
        {
            SMax = -1;
            UMin = Math.Max(UMin, unsignedLow);
        }
    }

    public readonly override string ToString() => $"u[{UMin}, {UMax}] s[{SMin}, {SMax}]";
}
