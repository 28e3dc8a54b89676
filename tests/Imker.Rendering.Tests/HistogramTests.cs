using System.Text.Json;
using CsCheck;

namespace Imker.Rendering.Tests;

public class HistogramTests
{
    [Fact]
    public void A_log2_histogram_prints_as_bpftrace_prints_it()
    {
        Assert.Equal(
            """
            (..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [4, 8)                 0 |                                                    |
            [8, 16)                0 |                                                    |
            [16, 32)               0 |                                                    |
            [32, 64)               0 |                                                    |
            [64, 128)              0 |                                                    |
            [128, 256)             0 |                                                    |
            [256, 512)             0 |                                                    |
            [512, 1K)              0 |                                                    |
            [1K, 2K)               0 |                                                    |
            [2K, 4K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |

            """,
            TextOf(Log2(0, -5, 0, 1, 2, 3, 3000)));
    }

    [Fact]
    public void Bars_are_cut_to_whole_columns()
    {
        Assert.Equal(
            """
            [16M, 32M)             3 |@@@                                                 |
            [32M, 64M)            51 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [64M, 128M)           14 |@@@@@@@@@@@@@@                                      |

            """,
            TextOf(Log2(0, [.. Enumerable.Repeat(1L << 24, 3), .. Enumerable.Repeat(1L << 25, 51), .. Enumerable.Repeat(1L << 26, 14)])));
    }

    [Fact]
    public void More_bits_divide_each_power_of_two()
    {
        Assert.Equal(
            """
            [7]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [8, 10)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [10, 12)               0 |                                                    |
            [12, 14)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

            """,
            TextOf(Log2(2, 7, 9, 13)));
        Assert.StartsWith("[3584, 4K) ", TextOf(Log2(2, 4000)));
        Assert.StartsWith("[4K, 5K) ", TextOf(Log2(2, 5000)));
    }

    [Fact]
    public void A_linear_histogram_prints_as_bpftrace_prints_it()
    {
        Assert.Equal(
            """
            (..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [0, 50)                0 |                                                    |
            [50, 100)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [100, ...)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

            """,
            TextOf(Linear(0, 100, 50, -1, 99, 100)));
        Assert.StartsWith("[2K, 3K)  ", TextOf(Linear(0, 8192, 1024, 2048)));
        Assert.StartsWith("[1500, 2000)  ", TextOf(Linear(1000, 3000, 500, 1500)));
        Assert.StartsWith("[5]  ", TextOf(Linear(0, 10, 1, 5)));
        Assert.StartsWith("[10, ...)  ", TextOf(Linear(0, 10, 1, 11)));
        Assert.StartsWith("[-2M, -1M)  ", TextOf(Linear(-2 << 20, 0, 1 << 20, -2 << 20)));
    }

    [Fact]
    public void Every_value_lies_between_the_bounds_of_its_bucket() =>
        Gen.Select(Gen.Int[0, Log2Scale.MaxBits], Gen.OneOf(Gen.Long, Gen.Long[-3, 300], Gen.Const(long.MaxValue))).Sample((bits, value) =>
        {
            var scale = new Log2Scale(bits);
            int index = scale.IndexOf(value);
            Assert.True(value < scale.UpperBound(index)!.Value.Value);
            Assert.True(index == 0 || value >= scale.UpperBound(index - 1)!.Value.Value);
        });

    [Fact]
    public void The_last_log2_bucket_ends_with_the_greatest_value()
    {
        for (int bits = 0; bits <= Log2Scale.MaxBits; bits++)
        {
            var scale = new Log2Scale(bits);
            Assert.Equal(scale.BucketCount - 1, scale.IndexOf(ulong.MaxValue));
            Assert.Equal((Int128)ulong.MaxValue + 1, scale.UpperBound(scale.BucketCount - 1)!.Value.Value);
        }
        Assert.Equal("16E", new Log2Scale(0).UpperBound(65)!.Value.Label);
    }

    [Fact]
    public void Linear_values_lie_between_the_bounds_of_their_bucket() =>
        Gen.Select(Gen.Int, Gen.Int[1, 500], Gen.Int[1, 50], Gen.Int[-1000, 100_000]).Sample((min, step, steps, offset) =>
        {
            var scale = new LinearScale(min, (long)min + steps * step, step);
            long value = (long)min + offset;
            int index = (int)scale.IndexOf(value);
            Assert.InRange(index, 0, scale.BucketCount - 1);
            Assert.True(index == 0 || value >= scale.UpperBound(index - 1)!.Value.Value);
            Assert.True(index == scale.BucketCount - 1 || value < scale.UpperBound(index)!.Value.Value);
        });

    [Fact]
    public void Dividing_scales_log2_counts_only()
    {
        Assert.Equal([2UL, 0UL], Log2(0, 1, 1, 1, 1, 2).DividedBy(2).Buckets.Select(bucket => bucket.Count));
        Assert.Equal([4UL], Linear(0, 10, 5, 1, 1, 1, 1).DividedBy(2).Buckets.Select(bucket => bucket.Count));
    }

    [Fact]
    public void A_histogram_that_counted_nothing_has_no_lines() => Assert.Equal("", TextOf(Log2(0)));

    [Fact]
    public void JSON_gives_the_least_and_the_greatest_value_of_a_bucket()
    {
        Assert.Equal(
            """[{"max": -1, "count": 1},{"min": 0, "max": 0, "count": 0},{"min": 1, "max": 1, "count": 0},{"min": 2, "max": 3, "count": 1}]""",
            JsonOf(Log2(0, -1, 2)));
        Assert.Equal("""[{"min": 100, "count": 1}]""", JsonOf(Linear(0, 100, 10, 100)));
        Assert.Equal("""[{"min": 4611686018427387904, "max": "9223372036854775807", "count": 1}]""", JsonOf(Log2(0, long.MaxValue)));
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(JsonOf(Log2(5, 1, 1L << 40))).RootElement.ValueKind);
    }

    private static Histogram Log2(int bits, params ReadOnlySpan<long> values)
    {
        var scale = new Log2Scale(bits);
        ulong[] counts = new ulong[scale.BucketCount];
        foreach (long value in values)
            counts[scale.IndexOf(value)]++;
        return Histogram.Log2(counts, bits);
    }

    private static Histogram Linear(long min, long max, long step, params ReadOnlySpan<long> values)
    {
        var scale = new LinearScale(min, max, step);
        ulong[] counts = new ulong[scale.BucketCount];
        foreach (long value in values)
            counts[scale.IndexOf(value)]++;
        return Histogram.Linear(counts, min, max, step);
    }

    private static string TextOf(Histogram histogram) => OutputValue.Histogram(histogram).ToString();

    private static string JsonOf(Histogram histogram)
    {
        using var output = new Utf8Buffer();
        JsonValueWriter.Write(output, OutputValue.Histogram(histogram));
        return output.ToString();
    }
}
