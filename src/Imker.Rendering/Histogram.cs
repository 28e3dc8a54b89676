using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>A bound between two buckets: its number, and the label that text shows for it (<c>512</c>, <c>4K</c>).</summary>
public readonly record struct HistogramBound(Int128 Value, string Label);

/// <summary>A bucket: from <paramref name="Lower"/> (included; null for all that is less) to <paramref name="Upper"/>
/// (excluded; null for all that is more).</summary>
public readonly record struct HistogramBucket(HistogramBound? Lower, HistogramBound? Upper, ulong Count);

/// <summary>Counts by bucket, without the empty buckets before the first and after the last that counts.</summary>
public sealed class Histogram
{
    private readonly bool isLinear;

    private Histogram(ImmutableArray<HistogramBucket> buckets, bool isLinear)
    {
        Buckets = buckets;
        this.isLinear = isLinear;
    }

    public ImmutableArray<HistogramBucket> Buckets { get; }

    /// <summary>What was counted, in all buckets together.</summary>
    public ulong Total => Buckets.Aggregate(0UL, (sum, bucket) => sum + bucket.Count);

    /// <summary>The histogram of <c>hist(n, bits)</c>; <see cref="Log2Scale"/> tells which count is whose.</summary>
    public static Histogram Log2(ReadOnlySpan<ulong> counts, int bits)
    {
        var scale = new Log2Scale(bits);
        return new Histogram(Trim(counts, scale.UpperBound), isLinear: false);
    }

    /// <summary>The histogram of <c>lhist(n, min, max, step)</c>; <see cref="LinearScale"/> tells which count is whose.</summary>
    public static Histogram Linear(ReadOnlySpan<ulong> counts, long min, long max, long step)
    {
        var scale = new LinearScale(min, max, step);
        return new Histogram(Trim(counts, scale.UpperBound), isLinear: true);
    }

    /// <summary>The counts divided, as <c>print(@h, top, div)</c> asks; a linear histogram stays as it is, as in bpftrace.</summary>
    public Histogram DividedBy(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        return isLinear || divisor == 1
            ? this
            : new Histogram([.. Buckets.Select(bucket => bucket with { Count = bucket.Count / divisor })], isLinear);
    }

    private static ImmutableArray<HistogramBucket> Trim(ReadOnlySpan<ulong> counts, Func<int, HistogramBound?> upperBound)
    {
        int first = counts.IndexOfAnyExcept(0UL);
        if (first < 0)
            return [];
        int last = counts.LastIndexOfAnyExcept(0UL);
        var buckets = ImmutableArray.CreateBuilder<HistogramBucket>(last - first + 1);
        HistogramBound? lower = first == 0 ? null : upperBound(first - 1);
        for (int index = first; index <= last; index++)
        {
            HistogramBound? upper = upperBound(index);
            buckets.Add(new HistogramBucket(lower, upper, counts[index]));
            lower = upper;
        }
        return buckets.MoveToImmutable();
    }
}
