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

    [FieldOffset(20)] internal uint UserId;
    [FieldOffset(24)] internal uint GroupId;
    [FieldOffset(28)] internal ushort Mode;
    [FieldOffset(32)] internal ulong Inode;
    [FieldOffset(40)] internal ulong Size;
    [FieldOffset(136)] internal uint DeviceMajor;
    [FieldOffset(140)] internal uint DeviceMinor;

    internal readonly bool IsRegular => Kind == 0x8000;

    internal readonly bool IsDirectory => Kind == 0x4000;

    internal readonly bool IsLink => Kind == 0xa000;

    /// <summary>A pipe, a socket, or a device such as a terminal: reading it may take any time.</summary>
    internal readonly bool IsWaitedFor => Kind is 0x1000 or 0xc000 or 0x2000;

    internal readonly bool IsExecutable => (Mode & 0x49) != 0;

    internal readonly bool IsGroupWritable => (Mode & 0x10) != 0;

    internal readonly bool IsWorldWritable => (Mode & 0x2) != 0;

    /// <summary>In such a directory only a file's owner, or the directory's, can remove or rename it.</summary>
    internal readonly bool IsSticky => (Mode & 0x200) != 0;

    private readonly int Kind => Mode & 0xf000;
}
