using System.Numerics;

namespace Imker.Rendering;

/// <summary>
/// The buckets of <c>hist()</c>: one for what is negative, then one for each value below 2^(bits+1), then 2^bits for each power
/// of two.
/// </summary>
public readonly record struct Log2Scale
{
    public const int MaxBits = 5;

    /// <param name="bits">2^bits buckets divide a power of two; 0 to <see cref="MaxBits"/>.</param>
    public Log2Scale(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        Bits = bits;
    }

    public int Bits { get; }

    /// <summary>Buckets enough for every value of 64 bits without a sign.</summary>
    public int BucketCount => ((65 - Bits) << Bits) + 1;

    /// <summary>The bucket of a signed value.</summary>
    public int IndexOf(long value) => value < 0 ? 0 : IndexOf((ulong)value);

    /// <summary>The bucket of an unsigned value.</summary>
    public int IndexOf(ulong value)
    {
        if (value < 2UL << Bits)
            return (int)value + 1;
        int shift = BitOperations.Log2(value) - Bits;
        return (shift << Bits) + (int)(value >> shift) + 1;
    }

    /// <summary>Where the bucket ends and the next begins.</summary>
    public HistogramBound? UpperBound(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (index <= 2 << Bits)
            return new HistogramBound(index, index.ToString());
        int power = (index >> Bits) - 1;
        int factor = (1 << Bits) + (index & ((1 << Bits) - 1));
        return new HistogramBound((Int128)factor << power, $"{(long)factor << (power % 10)}{SuffixOf(power / 10)}");
    }

    private static string SuffixOf(int decade) => decade == 0 ? "" : "KMGTPE"[decade - 1].ToString();
}
