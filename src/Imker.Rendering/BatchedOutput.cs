namespace Imker.Rendering;

/// <summary>A stream that text is written to in batches: what is in <see cref="Text"/> goes out when it is full or when flushed.</summary>
public sealed class BatchedOutput(Stream stream, int batchSize = BatchedOutput.DefaultBatchSize) : IDisposable
{
    public const int DefaultBatchSize = 64 * 1024;

    // Most runs print a few lines; the text grows to a batch where there is one.
    private const int InitialCapacity = 4096;

    /// <summary>Where the next text is written.</summary>
    public Utf8Buffer Text { get; } = new(Math.Min(batchSize, InitialCapacity));

    /// <summary>Writes out what has come together when it is a batch; to be called after each record.</summary>
    public void FlushIfFull()
    {
        if (Text.Length >= batchSize)
            Flush();
    }

    public void Flush()
    {
        if (Text.Length == 0)
            return;
        stream.Write(Text.Written);
        stream.Flush();
        Text.Clear();
    }

    /// <summary>Writes out whole lines and keeps the beginning of one that is not finished; true when there is such a beginning.</summary>
    public bool FlushLines()
    {
        int end = Text.Written.LastIndexOf((byte)'\n') + 1;
        if (end == Text.Length)
        {
            Flush();
            return false;
        }
        byte[] rest = Text.Written[end..].ToArray();
        Text.Truncate(end);
        Flush();
        Text.Write(rest);
        return true;
    }

    /// <summary>Flushes; the stream stays open.</summary>
    public void Dispose() => Flush();
}
