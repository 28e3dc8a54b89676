namespace Imker.Capture;

/// <summary>
/// The bytes of a capture file through a window that moves over it. The file is read, never mapped: one that is cut while it is read
/// ends early then, and does not end the process with SIGBUS.
/// </summary>
internal sealed class CaptureInput : IDisposable
{
    // As much as stays in a core's second-level cache between the kernel's copy and our look at it.
    internal const int DefaultWindow = 256 * 1024;

    private readonly Stream stream;
    private byte[] buffer;
    private int start, end;
    private bool hasEnded;

    internal CaptureInput(Stream stream, string name, int window = DefaultWindow)
    {
        this.stream = stream;
        Name = name;
        buffer = GC.AllocateUninitializedArray<byte>(window);
    }

    internal string Name { get; }

    /// <summary>Bytes before <see cref="Window"/>.</summary>
    internal long Offset { get; private set; }

    /// <summary>What has been read and not consumed; valid until <see cref="TryHave"/>.</summary>
    internal ReadOnlySpan<byte> Window => buffer.AsSpan(start, end - start);

    /// <summary>Reads until the window has so many bytes; false when the file ends before. What is there then stays there.</summary>
    internal bool TryHave(int count) => count <= end - start || TryFill(count);

    /// <summary>Moves over bytes of the window.</summary>
    internal void Consume(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Moves over bytes that need not be in the window; false when the file ends before, at which <see cref="Offset"/> is then.</summary>
    internal bool TrySkip(long count)
    {
        while (count > end - start)
        {
            count -= end - start;
            Consume(end - start);
            if (!TryFill(1))
                return false;
        }
        Consume((int)count);
        return true;
    }

    public void Dispose() => stream.Dispose();

    private bool TryFill(int count)
    {
        if (hasEnded)
            return false;
        MakeRoom(count);
        while (end - start < count)
        {
            int read = Read(buffer.AsSpan(end));
            hasEnded = read == 0;
            if (hasEnded)
                return false;
            end += read;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        Span<byte> rest = buffer.AsSpan(start, end - start);
        if (count > buffer.Length)
        {
            // Larger by half, so that a file with ever larger records does not have each of them copied.
            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(count, buffer.Length + buffer.Length / 2));
            rest.CopyTo(larger);
            buffer = larger;
        }
        else if (start > 0)
        {
            rest.CopyTo(buffer);
        }
        end -= start;
        start = 0;
    }

    private int Read(Span<byte> target)
    {
        try
        {
            return stream.Read(target);
        }
        catch (Exception e) when (e is (IOException and not CaptureFileException) or UnauthorizedAccessException)
        {
            throw new CaptureFileException(CaptureDiagnosticId.Unreadable, Name, Offset + end - start, $"cannot read {Name}: {e.Message}", e);
        }
    }
}
