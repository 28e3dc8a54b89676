namespace Imker.Verifier.Domain;

/// <summary>
/// What is known of a number in a register: known bits, bounds of the whole, bounds of its lower half. Each is true by itself;
/// <see cref="ScalarArithmetic{TWidth}.Settle"/> lets them learn from each other.
/// </summary>
internal struct Scalar
{
    public Tnum Known;
    public Interval Whole;
    public Interval Low;

    /// <summary>A number of 64 bits of which nothing is known.</summary>
    public static Scalar Unknown { get; } = ScalarArithmetic<Width64>.Unknown();

    public static Scalar Constant(ulong value) => ScalarArithmetic<Width64>.Constant(value);

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public static Scalar UpTo(ulong max) => Between(0, max);

    /// <summary>An unsigned number within bounds.</summary>
    public static Scalar Between(ulong min, ulong max)
    {
        Scalar result = Unknown;
        (result.Whole.UMin, result.Whole.UMax) = (min, max);
        ScalarArithmetic<Width64>.Settle(ref result);
        return result;
    }

    /// <summary>A signed number within bounds.</summary>
    public static Scalar BetweenSigned(long min, long max)
    {
        Scalar result = Unknown;
        (result.Whole.SMin, result.Whole.SMax) = (min, max);
        ScalarArithmetic<Width64>.Settle(ref result);
        return result;
    }

    public readonly bool IsConstant => Known.Mask == 0;

    /// <summary>The number, where it is known.</summary>
    public readonly long Value => (long)Known.Value;

    public readonly bool IsZero => Known is { Value: 0, Mask: 0 };

    public readonly bool IsUnknown => Known.Mask == ulong.MaxValue && Whole.UMin == 0 && Whole.UMax == ulong.MaxValue && Whole.SMin == long.MinValue && Whole.SMax == long.MaxValue
        && Low.UMin == 0 && Low.UMax == uint.MaxValue && Low.SMin == int.MinValue && Low.SMax == int.MaxValue;

    /// <summary>No number is left: the path that led here is not possible.</summary>
    public readonly bool IsEmpty => Whole.IsEmpty || Low.IsEmpty || (Known.Value & Known.Mask) != 0;

    public readonly bool Equals(in Scalar other) => Known == other.Known && Whole.Equals(other.Whole) && Low.Equals(other.Low);

    /// <summary>Whether every number of the other is one of these.</summary>
    public readonly bool Contains(in Scalar other) => Whole.Contains(other.Whole) && Low.Contains(other.Low) && Known.Contains(other.Known);

    /// <summary>For people: <c>5</c>, <c>0..255</c>, <c>any number</c>.</summary>
    public readonly override string ToString()
    {
        if (IsConstant)
            return Value is > -65536 and < 65536 ? $"{Value}" : $"0x{Known.Value:x}";
        if (Whole.SMin >= 0)
            return $"{Whole.SMin}..{Bound(Whole.SMax)}";
        if (Whole.UMax < ulong.MaxValue && Whole.SMin == long.MinValue)
            return $"{Whole.UMin}..{Whole.UMax}";
        return Whole.SMin == long.MinValue && Whole.SMax == long.MaxValue ? "any number" : $"{Bound(Whole.SMin)}..{Bound(Whole.SMax)}";
    }

    private static string Bound(long value) => value switch
    {
        long.MinValue => "-2^63",
        long.MaxValue => "2^63-1",
        uint.MaxValue => "2^32-1",
        _ => $"{value}",
    };
}
