using Imker.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>Opens files that others may have put there: only regular ones, and without waiting for a pipe's other end.</summary>
internal static unsafe class RegularFile
{
    private const int Flags = LibcConstants.OpenReadOnly | LibcConstants.OpenCloseOnExec | LibcConstants.OpenNonBlocking;

    /// <summary>Null when it cannot be opened or is something else.</summary>
    internal static SafeFileHandle? TryOpen(string path)
    {
        using ProcessRoot? root = ProcessRoot.TrySplit(path, out string inside);
        int number = root is null ? OpenPath(path) : root.Open(inside, Flags);
        if (number < 0)
            return null;
        var handle = new SafeFileHandle(number, ownsHandle: true);
        if (IsRegular(number))
            return handle;
        handle.Dispose();
        return null;
    }

    private static int OpenPath(string path)
    {
        fixed (byte* pointer = CString.Bytes(path))
            return Libc.Open(pointer, Flags, 0);
    }

    private static bool IsRegular(int number)
    {
        byte empty = 0;
        return SystemCall.Statx(number, &empty, LibcConstants.AtEmptyPath, FileStatus.BasicMask, out FileStatus status) == 0
            && status.IsRegular;
    }
}
