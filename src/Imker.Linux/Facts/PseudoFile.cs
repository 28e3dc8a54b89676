using System.Buffers;
using System.Text;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Files of proc, sysfs and tracefs. They have no length to ask for, or a wrong one, so they are read to their end; a short one
/// costs three system calls.
/// </summary>
internal static unsafe class PseudoFile
{
    private const int DefaultLimit = 64 << 20;

    /// <summary>The whole file, or null with the reason.</summary>
    internal static byte[]? TryRead(string path, out Errno error, int limit = DefaultLimit)
    {
        using Descriptor? file = TryOpen(path, out error);
        return file is null ? null : TryRead(file, out error, limit);
    }

    internal static byte[]? TryRead(string path) => TryRead(path, out _);

    internal static string? TryReadText(string path) => TryReadText(path, out _);

    internal static string? TryReadText(string path, out Errno error) =>
        TryRead(path, out error) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Where a link leads.</summary>
    internal static string? TryReadLink(string path)
    {
        fixed (byte* pointer = CString.Bytes(path))
            return TryReadLink(LibcConstants.AtCurrentDirectory, pointer);
    }

    /// <summary>Where the link that is open with <c>O_PATH</c> leads.</summary>
    internal static string? TryReadLink(Descriptor link)
    {
        using DescriptorUse use = link.Use();
        byte empty = 0;
        return TryReadLink(use.Number, &empty);
    }

    internal static Descriptor? TryOpen(string path, out Errno error)
    {
        fixed (byte* pointer = CString.Bytes(path))
        {
            int number = Libc.Open(pointer, LibcConstants.OpenReadOnly | LibcConstants.OpenCloseOnExec, 0);
            error = number < 0 ? Libc.LastError : Errno.None;
            return number < 0 ? null : new Descriptor(number);
        }
    }

    /// <summary>What is left of an open file; null with <see cref="Errno.TooBig"/> when that is more than the limit.</summary>
    internal static byte[]? TryRead(Descriptor file, out Errno error, int limit = DefaultLimit)
    {
        using DescriptorUse use = file.Use();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(8192);
        try
        {
            int length = 0;
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                nint count = ReadOnce(use.Number, buffer.AsSpan(length), out error);
                if (count < 0)
                    return null;
                if (count == 0)
                    return buffer.AsSpan(0, length).ToArray();
                length += (int)count;
                if (length > limit)
                {
                    error = Errno.TooBig;
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? TryReadLink(int directory, byte* path)
    {
        const int LongestPath = 4096;
        byte* target = stackalloc byte[LongestPath];
        nint length = Libc.ReadLinkAt(directory, path, target, LongestPath);
        return length is < 0 or LongestPath ? null : Encoding.UTF8.GetString(target, (int)length);
    }

    private static nint ReadOnce(int file, Span<byte> buffer, out Errno error)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
            {
                count = Libc.Read(file, pointer, (nuint)buffer.Length);
                error = count < 0 ? Libc.LastError : Errno.None;
            }
            while (error == Errno.Interrupted);
            return count;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
