namespace Imker.Linux.Interop;

/// <summary>statx(2).</summary>
internal static unsafe class FileFacts
{
    /// <summary>Of a path, links followed.</summary>
    internal static bool TryGet(string path, out FileStatus status)
    {
        fixed (byte* pointer = CString.Bytes(path))
            return SystemCall.Statx(LibcConstants.AtCurrentDirectory, pointer, 0, FileStatus.BasicMask, out status) == 0;
    }

    internal static bool TryGet(Descriptor file, out FileStatus status)
    {
        using DescriptorUse use = file.Use();
        byte empty = 0;
        return SystemCall.Statx(use.Number, &empty, LibcConstants.AtEmptyPath, FileStatus.BasicMask, out status) == 0;
    }
}
