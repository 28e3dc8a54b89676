namespace Imker.Rendering;

/// <summary>The buckets of <c>lhist()</c>: one below, equal steps, one from the maximum on.</summary>
public readonly record struct LinearScale
{
    private const long Kilo = 1024, Mega = 1024 * 1024;

    private readonly long min, max, step;

    /// <exception cref="ArgumentOutOfRangeException">The step is not positive or the maximum is not above the minimum.</exception>
    public LinearScale(long min, long max, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(max, min);
        this.min = min;
        this.max = max;
        this.step = step;
    }

    public long BucketCount => checked((long)(((Int128)max - min) / step) + 2);

    /// <summary>The bucket of a value.</summary>
    public long IndexOf(long value) => value < min ? 0 : (long)(((Int128)Math.Min(value, max) - min) / step) + 1;

    /// <summary>Where the bucket ends and the next begins; null for the last.</summary>
    public HistogramBound? UpperBound(int index)
    {
        Int128 bound = min + (Int128)index * step;
        return bound > max ? null : new HistogramBound(bound, LabelOf((long)bound));
    }

    // Only whole steps of 1024 are shortened: 1500 beside 2K would read badly.
    private string LabelOf(long bound)
    {
        if (step % Kilo != 0 || bound == 0 || bound % Kilo != 0)
            return bound.ToString();
        return bound % Mega == 0 ? $"{bound / Mega}M" : $"{bound / Kilo}K";
    }
}
