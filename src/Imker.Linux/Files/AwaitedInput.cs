using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Reads a pipe, a socket or a terminal, and does not hang in it: while there is nothing to read, it waits for the loop's signals and
/// wake-ups as well.
/// </summary>
public sealed unsafe class AwaitedInput : Stream
{
    private const uint InputBit = 1, WakeBit = 2;

    private readonly Descriptor input;
    private readonly EventLoop loop;
    private readonly Func<bool> mayWait;
    private readonly EpollSet set = new();

    private AwaitedInput(Descriptor input, EventLoop loop, Func<bool> mayWait)
    {
        (this.input, this.loop, this.mayWait) = (input, loop, mayWait);
        set.Add(input, InputBit);
        set.Add(loop.WakeDescriptor, WakeBit);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens what may have to be waited for; null for a path to anything else, or to nothing.</summary>
    /// <param name="path"><c>-</c>, <c>/dev/stdin</c> and <c>/dev/fd/N</c> are the descriptors. A pipe that nobody writes to yet is waited for when it is read.</param>
    /// <param name="loop">It must stay open, and nobody else may wait on it while this is read.</param>
    /// <param name="mayWait">Asked before each wait, and when the loop was woken in it: false has the read end with an exception.</param>
    /// <exception cref="FileAccessException">It may not be opened.</exception>
    public static AwaitedInput? TryOpen(string path, EventLoop loop, Func<bool> mayWait)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(mayWait);
        string doing = $"read {path}";
        if (GivenDescriptor.TryParse(path, out int number))
        {
            Descriptor given = GivenDescriptor.Duplicate(doing, number);
            if (!IsWaitedFor(given))
            {
                given.Dispose();
                return null;
            }
            return TryWaitFor(given, loop, mayWait);
        }
        using Descriptor? place = RegularFile.TryLocate(path);
        if (place is null || !IsWaitedFor(place))
            return null;
        // Opening a pipe without a writer would wait, where no signal ends it.
        Descriptor file = RegularFile.TryReopen(place, LibcConstants.OpenReadOnly | LibcConstants.OpenNonBlocking, out Errno error)
            ?? throw new FileAccessException($"cannot {doing}: {error.Text}");
        return TryWaitFor(file, loop, mayWait);
    }

    /// <exception cref="OperationCanceledException">There is nothing to read, and it may not be waited.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if ((set.Wait(0) & InputBit) == 0)
                WaitForInput();
            using DescriptorUse use = input.Use();
            nint count;
            fixed (byte* pointer = buffer)
                count = Libc.Read(use.Number, pointer, (nuint)buffer.Length);
            if (count >= 0)
                return (int)count;
            // Another process that reads the same pipe may have been quicker.
            if (Libc.LastError is var error && error != Errno.Interrupted && error != Errno.Again)
                throw new IOException(error.Text, error.Value);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            set.Dispose();
            input.Dispose();
        }
        base.Dispose(disposing);
    }

    private void WaitForInput()
    {
        uint bits = 0;
        while ((bits & InputBit) == 0)
        {
            if (!mayWait())
                throw new OperationCanceledException();
            bits = set.Wait(Timeout.Infinite);
            if ((bits & WakeBit) != 0)
                loop.ClearWake();
        }
    }

    private static AwaitedInput? TryWaitFor(Descriptor file, EventLoop loop, Func<bool> mayWait)
    {
        try
        {
            return new AwaitedInput(file, loop, mayWait);
        }
        catch (BpfException e) when (e.Error == Errno.NotPermitted)
        {
            // A device that is always readable, such as /dev/null.
            file.Dispose();
            return null;
        }
    }

    private static bool IsWaitedFor(Descriptor file) => FileFacts.TryGet(file, out FileStatus status) && status.IsWaitedFor;
}
