using Imker.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>
/// Opens files that others may have put there. What is no regular file is not even opened: to open a device or a pipe can already do
/// something.
/// </summary>
internal static unsafe class RegularFile
{
    /// <summary>Null when it cannot be opened or is something else. Below <c>/proc/PID/root</c> no link leads out of that root.</summary>
    internal static SafeFileHandle? TryOpen(string path, ulong largest = ulong.MaxValue)
    {
        using Descriptor? place = ProcessRoot.TrySplit(path, out int processId, out string inside) ? TryLocate(processId, inside) : TryLocate(path);
        return place is null ? null : TryOpen(place, largest, out _);
    }

    /// <summary>The whole file; null when it cannot be opened, is something else, or larger.</summary>
    internal static byte[]? TryRead(string path, int largest)
    {
        using SafeFileHandle? file = TryOpen(path, (ulong)largest);
        if (file is null)
            return null;
        byte[] bytes = new byte[Math.Min(RandomAccess.GetLength(file), largest)];
        return RandomAccess.Read(file, bytes, 0) == bytes.Length ? bytes : null;
    }

    /// <summary>Opens what a descriptor of <c>O_PATH</c> stands for.</summary>
    /// <param name="place">From the resolution of a path.</param>
    /// <param name="largest">A larger file is refused.</param>
    /// <param name="status">Of the very file that is opened.</param>
    internal static SafeFileHandle? TryOpen(Descriptor place, ulong largest, out FileStatus status)
    {
        if (!FileFacts.TryGet(place, out status) || !status.IsRegular || status.Size > largest)
            return null;
        using Descriptor? file = TryReopen(place, LibcConstants.OpenReadOnly, out _);
        return file?.ToFileHandle();
    }

    /// <summary>Opens what a descriptor of <c>O_PATH</c> stands for, by its entry in <c>/proc/self/fd</c>.</summary>
    internal static Descriptor? TryReopen(Descriptor place, int flags, out Errno error)
    {
        using DescriptorUse use = place.Use();
        fixed (byte* pointer = CString.Bytes($"/proc/self/fd/{use.Number}"))
        {
            int number = Libc.Open(pointer, flags | LibcConstants.OpenCloseOnExec | LibcConstants.OpenNoTerminal, 0);
            error = number < 0 ? Libc.LastError : Errno.None;
            return number < 0 ? null : new Descriptor(number);
        }
    }

    private static Descriptor? TryLocate(int processId, string inside)
    {
        using ProcessRoot? root = ProcessRoot.TryOpen(processId);
        return root?.TryLocate(inside);
    }

    /// <summary>Resolves a path, links followed, and opens nothing.</summary>
    internal static Descriptor? TryLocate(string path)
    {
        fixed (byte* pointer = CString.Bytes(path))
        {
            int number = Libc.Open(pointer, LibcConstants.OpenPath | LibcConstants.OpenCloseOnExec, 0);
            return number < 0 ? null : new Descriptor(number);
        }
    }
}
