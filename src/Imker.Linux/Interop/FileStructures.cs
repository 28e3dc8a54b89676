using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct open_how</c> of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    internal const ulong NoMagicLinks = 0x02, InRoot = 0x10;

    internal ulong Flags, Mode, Resolve;
}

/// <summary>The fields of <c>struct statx</c> in use.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    internal const uint BasicMask = 0x7ff;

    [FieldOffset(28)] internal ushort Mode;
    [FieldOffset(32)] internal ulong Inode;
    [FieldOffset(40)] internal ulong Size;
    [FieldOffset(136)] internal uint DeviceMajor;
    [FieldOffset(140)] internal uint DeviceMinor;

    internal readonly bool IsRegular => (Mode & 0xf000) == 0x8000;

    internal readonly bool IsExecutable => (Mode & 0x49) != 0;
}
