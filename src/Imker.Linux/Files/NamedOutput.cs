using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A file that output goes to. A write that fails says which file it was.</summary>
internal sealed class NamedOutput(FileStream file, string doing) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="FileAccessException">It cannot be written, such as to a full disk.</exception>
    /// <exception cref="IOException">Nobody reads it any more (EPIPE).</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (IOException e) when (e.HResult != Errno.BrokenPipe.Value)
        {
            throw new FileAccessException($"cannot {doing}: {ReasonOf(e)}");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    // The framework hands on an errno that it has no exception of its own for.
    private static string ReasonOf(IOException e) => e.HResult is > 0 and < 4096 ? new Errno(e.HResult).Text : e.Message;
}
