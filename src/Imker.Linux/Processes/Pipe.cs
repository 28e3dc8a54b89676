using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>pipe2(2), close-on-exec.</summary>
internal sealed unsafe class Pipe : IDisposable
{
    internal Pipe()
    {
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, LibcConstants.OpenCloseOnExec) < 0)
            throw new BpfException("start a process", "pipe2", Libc.LastError);
        ReadEnd = new Descriptor(ends[0]);
        WriteEnd = new Descriptor(ends[1]);
    }

    internal Descriptor ReadEnd { get; }

    internal Descriptor WriteEnd { get; }

    internal void CloseRead() => ReadEnd.Dispose();

    internal void CloseWrite() => WriteEnd.Dispose();

    /// <summary>The bytes read; 0 when the other end is closed.</summary>
    internal int Read(Span<byte> buffer)
    {
        using DescriptorUse use = ReadEnd.Use();
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
                count = Libc.Read(use.Number, pointer, (nuint)buffer.Length);
            while (count < 0 && Libc.LastError == Errno.Interrupted);
            return (int)Math.Max(count, 0);
        }
    }

    /// <summary>Writes a few bytes; nobody may be there to read them (SIGPIPE is ignored by the runtime).</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        using DescriptorUse use = WriteEnd.Use();
        fixed (byte* pointer = bytes)
            Libc.Write(use.Number, pointer, (nuint)bytes.Length);
    }

    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }
}
