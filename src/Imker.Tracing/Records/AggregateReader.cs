using System.Runtime.InteropServices;
using Imker.Objects;
using Imker.Rendering;

namespace Imker.Tracing.Records;

/// <summary>Combines what the CPUs have gathered of one entry into the value to be shown.</summary>
internal static class AggregateReader
{
    /// <param name="type">What is gathered.</param>
    /// <param name="values">The CPUs' values one after the other.</param>
    /// <param name="stride">Bytes from one CPU's value to the next.</param>
    public static OutputValue Read(AggregateData type, ReadOnlySpan<byte> values, int stride) => type switch
    {
        CountData => OutputValue.Signed(Sum(values, stride, 0)),
        SumData sum => Number(Sum(values, stride, 0), sum.IsSigned),
        MinData min => Number(Extremum(values, stride, ExtremumRank.Mask(min.IsSigned, isMinimum: true)), min.IsSigned),
        MaxData max => Number(Extremum(values, stride, ExtremumRank.Mask(max.IsSigned, isMinimum: false)), max.IsSigned),
        AverageData average => Average(values, stride, average.IsSigned),
        StatsData stats => OutputValue.Stats(
            (ulong)Sum(values, stride, 8), Average(values, stride, stats.IsSigned), Number(Sum(values, stride, 0), stats.IsSigned)),
        Log2HistogramData log2 => OutputValue.Histogram(Histogram.Log2(Cells(values, stride, log2.Size), log2.Bits)),
        LinearHistogramData linear => OutputValue.Histogram(
            Histogram.Linear(Cells(values, stride, linear.Size), linear.Min, linear.Max, linear.Step)),
        _ => throw new ArgumentException($"{type.GetType().Name} is not gathered.", nameof(type)),
    };

    /// <summary>Nothing was gathered yet, or all was taken away.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> values) => values.IndexOfAnyExcept((byte)0) < 0;

    private static OutputValue Number(long value, bool isSigned) =>
        isSigned ? OutputValue.Signed(value) : OutputValue.Unsigned((ulong)value);

    private static long Sum(ReadOnlySpan<byte> values, int stride, int offset)
    {
        long sum = 0;
        for (int at = offset; at < values.Length; at += stride)
            sum += (long)ValueReader.Word(values[at..]);
        return sum;
    }

    private static OutputValue Average(ReadOnlySpan<byte> values, int stride, bool isSigned)
    {
        long total = Sum(values, stride, 0), count = Sum(values, stride, 8);
        if (count == 0)
            return Number(0, isSigned);
        return isSigned ? OutputValue.Signed(total / count) : OutputValue.Unsigned((ulong)total / (ulong)count);
    }

    // The highest rank of the CPUs that have one; see ExtremumRank.
    private static long Extremum(ReadOnlySpan<byte> values, int stride, long mask)
    {
        ulong rank = 0;
        bool isSet = false;
        for (int at = 0; at < values.Length; at += stride)
        {
            if (ValueReader.Word(values[(at + 8)..]) == 0)
                continue;
            rank = Math.Max(rank, ValueReader.Word(values[at..]));
            isSet = true;
        }
        return isSet ? (long)rank ^ mask : 0;
    }

    private static ulong[] Cells(ReadOnlySpan<byte> values, int stride, int size)
    {
        var cells = new ulong[size / 8];
        for (int at = 0; at < values.Length; at += stride)
        {
            ReadOnlySpan<ulong> part = MemoryMarshal.Cast<byte, ulong>(values.Slice(at, size));
            for (int i = 0; i < cells.Length; i++)
                cells[i] += part[i];
        }
        return cells;
    }
}
