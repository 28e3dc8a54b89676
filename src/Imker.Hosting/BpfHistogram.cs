using System.Runtime.InteropServices;

namespace Imker.Hosting;

/// <summary>
/// A histogram that programs keep in a map of one 64-bit counter for each bucket, and each processor where it is per CPU
/// (<c>imker/histogram.h</c> has the macros). Reading adds the processors up and allocates nothing.
/// </summary>
public sealed class BpfHistogram
{
    private const int Log2Buckets = 65;

    private readonly MapStore store;
    private readonly long from;
    private readonly ulong step;
    private readonly ulong[] buffer;

    private BpfHistogram(MapStore store, int bucketCount, long from, ulong step)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.KeySize != sizeof(uint) || store.ValueSize != sizeof(ulong) || store.MaxEntries < bucketCount)
            throw new ArgumentException($"map '{store.Name}' is no array of {bucketCount} 64-bit counters");
        this.store = store;
        (this.from, this.step) = (from, step);
        BucketCount = bucketCount;
        buffer = new ulong[store.ValueBufferSize / sizeof(ulong)];
    }

    /// <summary>How many counters there are, those for what lies outside of the range included.</summary>
    public int BucketCount { get; }

    /// <summary>Bucket 0 counts what is 0 or below, bucket n the values from 2ⁿ⁻¹ to 2ⁿ − 1 (<c>LOG2_HISTOGRAM</c>).</summary>
    /// <param name="store">An array of 65 counters; it stays the caller's.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static BpfHistogram Log2(MapStore store) => new(store, Log2Buckets, 0, 0);

    /// <summary>Bucket 0 counts what is below the range, then come buckets of equal width, the last counts what is beyond (<c>LINEAR_HISTOGRAM</c>).</summary>
    /// <param name="store">An array of two counters more than there are buckets of equal width; it stays the caller's.</param>
    /// <param name="from">Where the range begins.</param>
    /// <param name="step">The width of a bucket.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static BpfHistogram Linear(MapStore store, long from, ulong step)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfZero(step);
        return new BpfHistogram(store, (int)Math.Min(store.MaxEntries, int.MaxValue), from, step);
    }

    /// <summary>The lowest value that a bucket counts; null when there is none.</summary>
    public long? LowestOf(int bucket) => step == 0
        ? bucket == 0 ? null : 1L << (bucket - 1)
        : bucket == 0 ? null : from + (long)((ulong)(bucket - 1) * step);

    /// <summary>Reads all counters, the processors added up.</summary>
    /// <param name="counts">At least <see cref="BucketCount"/>.</param>
    public void Read(Span<ulong> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counts.Length, BucketCount, nameof(counts));
        lock (buffer)
        {
            for (uint bucket = 0; bucket < BucketCount; bucket++)
                counts[(int)bucket] = Sum(bucket);
        }
    }

    /// <summary>Sets all counters to zero.</summary>
    public void Clear()
    {
        lock (buffer)
        {
            Array.Clear(buffer);
            for (uint bucket = 0; bucket < BucketCount; bucket++)
                store.TryUpdate(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in bucket)), MemoryMarshal.AsBytes(buffer.AsSpan()));
        }
    }

    private ulong Sum(uint bucket)
    {
        if (!store.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in bucket)), MemoryMarshal.AsBytes(buffer.AsSpan())))
            return 0;
        ulong sum = 0;
        foreach (ulong count in buffer)
            sum += count;
        return sum;
    }
}
