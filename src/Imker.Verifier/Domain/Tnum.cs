namespace Imker.Verifier.Domain;

/// <summary>
/// A number of which some bits are known ("tristate number"): where <see cref="Mask"/> has a one the bit may be either, elsewhere it is
/// that of <see cref="Value"/>, which is zero under the mask. Arithmetic is that of 64 bits; a narrower width truncates what comes out.
/// </summary>
internal readonly record struct Tnum(ulong Value, ulong Mask)
{
    public static Tnum Unknown { get; } = new(0, ulong.MaxValue);

    public bool IsConstant => Mask == 0;

    /// <summary>The largest number that fits the bits.</summary>
    public ulong Largest => Value | Mask;

    public static Tnum Constant(ulong value) => new(value, 0);

    /// <summary>The best that bits can say about the numbers from <paramref name="min"/> to <paramref name="max"/>: their common prefix.</summary>
    public static Tnum Range(ulong min, ulong max)
    {
        int differing = 64 - System.Numerics.BitOperations.LeadingZeroCount(min ^ max);
        if (differing == 64)
            return Unknown;
        ulong below = (1UL << differing) - 1;
        return new Tnum(min & ~below, below);
    }

    public bool Contains(ulong number) => (number & ~Mask) == Value;

    /// <summary>Whether every number of the other is one of this.</summary>
    public bool Contains(Tnum other) => (other.Mask & ~Mask) == 0 && Value == (other.Value & ~Mask);

    /// <summary>The low bits, zero-extended.</summary>
    public Tnum Truncate(int bits)
    {
        ulong kept = Widths.Mask(bits);
        return new Tnum(Value & kept, Mask & kept);
    }

    /// <summary>The low bits of this, the others of <paramref name="high"/>.</summary>
    public Tnum WithHigh(Tnum high, int bits)
    {
        ulong low = Widths.Mask(bits);
        return new Tnum(Value & low | high.Value & ~low, Mask & low | high.Mask & ~low);
    }

    public static Tnum operator +(Tnum a, Tnum b)
    {
        ulong smallest = a.Value + b.Value;
        ulong carries = smallest + a.Mask + b.Mask ^ smallest;
        ulong mask = carries | a.Mask | b.Mask;
        return new Tnum(smallest & ~mask, mask);
    }

    public static Tnum operator -(Tnum a, Tnum b)
    {
        ulong difference = a.Value - b.Value;
        ulong borrows = difference + a.Mask ^ difference - b.Mask;
        ulong mask = borrows | a.Mask | b.Mask;
        return new Tnum(difference & ~mask, mask);
    }

    public static Tnum operator &(Tnum a, Tnum b)
    {
        ulong value = a.Value & b.Value;
        return new Tnum(value, (a.Value | a.Mask) & (b.Value | b.Mask) & ~value);
    }

    public static Tnum operator |(Tnum a, Tnum b)
    {
        ulong value = a.Value | b.Value;
        return new Tnum(value, (a.Mask | b.Mask) & ~value);
    }

    public static Tnum operator ^(Tnum a, Tnum b)
    {
        ulong mask = a.Mask | b.Mask;
        return new Tnum((a.Value ^ b.Value) & ~mask, mask);
    }

    /// <summary>Schoolbook multiplication: each bit of the left factor adds the shifted right one, or may add it.</summary>
    public static Tnum operator *(Tnum a, Tnum b)
    {
        Tnum certain = Constant(a.Value * b.Value), possible = Constant(0);
        while ((a.Value | a.Mask) != 0)
        {
            if ((a.Value & 1) != 0)
                possible += new Tnum(0, b.Mask);
            else if ((a.Mask & 1) != 0)
                possible += new Tnum(0, b.Value | b.Mask);
            a = a >> 1;
            b = b << 1;
        }
        return certain + possible;
    }

    public static Tnum operator <<(Tnum a, int by) => new(a.Value << by, a.Mask << by);

    public static Tnum operator >>(Tnum a, int by) => new(a.Value >>> by, a.Mask >>> by);

    /// <summary>A shift to the right that copies the sign of a number of so many bits; the result has as many.</summary>
    public Tnum ShiftRightSigned(int by, int bits) =>
        new Tnum((ulong)(Widths.SignExtend(Value, bits) >> by), (ulong)(Widths.SignExtend(Mask, bits) >> by)).Truncate(bits);

    /// <summary>What is in both; false when nothing is.</summary>
    public static bool TryIntersect(Tnum a, Tnum b, out Tnum both)
    {
        ulong value = a.Value | b.Value, mask = a.Mask & b.Mask;
        both = new Tnum(value & ~mask, mask);
        return ((a.Value ^ b.Value) & ~(a.Mask | b.Mask)) == 0;
    }

    /// <summary>The least that holds both.</summary>
    public static Tnum Join(Tnum a, Tnum b)
    {
        ulong mask = a.Mask | b.Mask | a.Value ^ b.Value;
        return new Tnum(a.Value & ~mask, mask);
    }

    public override string ToString() => IsConstant ? $"0x{Value:x}" : $"(0x{Value:x}; 0x{Mask:x})";
}
