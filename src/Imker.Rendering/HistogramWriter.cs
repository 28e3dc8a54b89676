namespace Imker.Rendering;

/// <summary>Histograms as bpftrace prints them.</summary>
internal static class HistogramWriter
{
    private const int LabelWidth = 16, CountWidth = 8, BarWidth = 52;

    /// <summary>A line for each bucket: label, count, bar.</summary>
    public static void WriteText(Utf8Buffer output, Histogram histogram)
    {
        ulong most = 0;
        foreach (HistogramBucket bucket in histogram.Buckets)
            most = Math.Max(most, bucket.Count);
        foreach (HistogramBucket bucket in histogram.Buckets)
            WriteLine(output, bucket, most);
    }

    /// <summary>A list of objects; <c>max</c> is the greatest value that belongs to the bucket.</summary>
    public static void WriteJson(Utf8Buffer output, Histogram histogram)
    {
        output.Write((byte)'[');
        bool first = true;
        foreach (HistogramBucket bucket in histogram.Buckets)
        {
            output.Write(first ? "{"u8 : ",{"u8);
            first = false;
            if (bucket.Lower is { } lower)
                WriteBound(output, "\"min\": "u8, lower.Value);
            if (bucket.Upper is { } upper)
                WriteBound(output, "\"max\": "u8, upper.Value - 1);
            output.Write("\"count\": "u8);
            JsonValueWriter.WriteNumber(output, bucket.Count);
            output.Write((byte)'}');
        }
        output.Write((byte)']');
    }

    private static void WriteBound(Utf8Buffer output, ReadOnlySpan<byte> name, Int128 value)
    {
        output.Write(name);
        JsonValueWriter.WriteNumber(output, value);
        output.Write(", "u8);
    }

    private static void WriteLine(Utf8Buffer output, HistogramBucket bucket, ulong most)
    {
        int start = output.Length;
        WriteLabel(output, bucket);
        output.Pad(start, LabelWidth, left: true);
        start = output.Length;
        output.WriteDecimal(bucket.Count);
        output.Pad(start, CountWidth, left: false);

        // bpftrace reckons in single precision; so its bars are met to the column.
        int bar = most == 0 ? 0 : (int)(bucket.Count / (float)most * BarWidth);
        output.Write(" |"u8);
        output.Fill((byte)'@', bar);
        output.Fill((byte)' ', BarWidth - bar);
        output.Write("|\n"u8);
    }

    private static void WriteLabel(Utf8Buffer output, HistogramBucket bucket)
    {
        if (bucket is { Lower: { } only, Upper: { } next } && next.Value - only.Value == 1)
        {
            output.Write($"[{only.Label}]");
            return;
        }
        output.Write(bucket.Lower is { } lower ? $"[{lower.Label}" : "(...");
        output.Write(bucket.Upper is { } upper ? $", {upper.Label})" : ", ...)");
    }
}
