using System.Buffers;

namespace Imker.Symbols;

/// <summary>The lines of a foreign text file, through one buffer. A line longer than <see cref="LongestLine"/> is cut.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    public const int LongestLine = 32 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLine);
    private int start;
    private int end;

    /// <summary>The next line without its line break; it is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int lineBreak = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (lineBreak >= 0)
            {
                line = buffer.AsSpan(start, Math.Min(searched + lineBreak, LongestLine));
                start += searched + lineBreak + 1;
                return true;
            }
            searched = Math.Min(end - start, LongestLine);
            end = start + searched;
            if (!TryFill())
            {
                line = buffer.AsSpan(start, searched);
                start = end;
                return searched > 0;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private bool TryFill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        int read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
