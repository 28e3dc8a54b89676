using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The namespace that this process' ids are told in.</summary>
public static class PidNamespaces
{
    // The initial namespace has a constant inode number (PROC_PID_INIT_INO, include/linux/proc_ns.h).
    private const ulong InitialInode = 0xEFFFFFFC;
    private const int MinorBits = 20;

    /// <summary>Null in the initial one.</summary>
    public static PidNamespace? OfThisProcess =>
        FileFacts.TryGet("/proc/self/ns/pid", out FileStatus status) && status.Inode != InitialInode
            ? new PidNamespace((ulong)status.DeviceMajor << MinorBits | status.DeviceMinor, status.Inode)
            : null;
}
