using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A file whatever its name: the numbers of its device, and its inode.</summary>
public readonly record struct FileKey(uint Major, uint Minor, ulong Inode)
{
    internal bool IsOf(in FileStatus status) => status.Inode == Inode && status.DeviceMajor == Major && status.DeviceMinor == Minor;
}
