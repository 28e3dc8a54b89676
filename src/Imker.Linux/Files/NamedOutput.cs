using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// A file that output goes to. A write that fails says which file it was. It writes where the descriptor stands, and moves that on: what
/// was handed over by another program may be a file that this program goes on writing to.
/// </summary>
/// <param name="isOwn">Whether it is a regular file that nobody else writes to, which can be measured and cut.</param>
/// <param name="needsReader">Whether a write to a pipe that nobody reads any more fails; else it is dropped.</param>
internal sealed unsafe class NamedOutput(Descriptor file, string doing, bool isOwn, bool needsReader = true) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => isOwn;

    public override bool CanWrite => true;

    public override long Length => isOwn && FileFacts.TryGet(file, out FileStatus status) ? (long)status.Size : throw new NotSupportedException();

    public override long Position
    {
        get => Seek(0, SeekOrigin.Current);
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <exception cref="FileAccessException">It cannot be written, such as to a full disk; a part may have been.</exception>
    /// <exception cref="IOException">Nobody reads it any more (EPIPE).</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        using DescriptorUse use = file.Use();
        while (!buffer.IsEmpty)
        {
            nint count;
            fixed (byte* pointer = buffer)
                count = Libc.Write(use.Number, pointer, (nuint)buffer.Length);
            if (count >= 0)
                buffer = buffer[(int)count..];
            else if (Libc.LastError is var error && error == Errno.BrokenPipe)
            {
                if (needsReader)
                    throw new IOException(error.Text, error.Value);
                return;
            }
            else if (error != Errno.Interrupted)
                throw new FileAccessException($"cannot {doing}: {error.Text}");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (!isOwn)
            throw new NotSupportedException();
        using DescriptorUse use = file.Use();
        long position = Libc.Seek(use.Number, offset, (int)origin);
        return position >= 0 ? position : throw new FileAccessException($"cannot {doing}: {Libc.LastError.Text}");
    }

    public override void SetLength(long value)
    {
        if (!isOwn)
            throw new NotSupportedException();
        using DescriptorUse use = file.Use();
        if (Libc.Truncate(use.Number, value) < 0)
            throw new FileAccessException($"cannot {doing}: {Libc.LastError.Text}");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
