namespace Imker.Linux;

/// <summary>Where capabilities count: those for tracing only in the initial user namespace.</summary>
internal static class UserNamespaces
{
    // The initial namespace has a constant inode number (PROC_USER_INIT_INO, include/linux/proc_ns.h).
    private const ulong InitialInode = 0xEFFFFFFD;

    /// <summary>Null where that cannot be read.</summary>
    internal static bool? IsInitial =>
        Interop.FileFacts.TryGet("/proc/self/ns/user", out Interop.FileStatus status) ? status.Inode == InitialInode : null;
}
