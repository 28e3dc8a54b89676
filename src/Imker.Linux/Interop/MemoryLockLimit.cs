namespace Imker.Linux.Interop;

/// <summary>
/// RLIMIT_MEMLOCK: before 5.11 maps and programs are charged to it, since then to the memory cgroup. So it is raised only when the
/// kernel says EPERM, once, and without success where CAP_SYS_RESOURCE is missing; then the first answer stands.
/// </summary>
internal static unsafe class MemoryLockLimit
{
    private static bool raised;

    /// <summary>The command, a second time with the limit raised if the limit may have been what was wrong.</summary>
    internal static Descriptor? Retry<T>(ref T attributes, BpfCommand command, out Errno error)
        where T : unmanaged
    {
        Descriptor? result = BpfSyscall.Open(command, ref attributes, out error);
        return result is null && error == Errno.NotPermitted && TryRaise()
            ? BpfSyscall.Open(command, ref attributes, out error)
            : result;
    }

    private static bool TryRaise()
    {
        if (raised)
            return false;
        raised = true;
        ulong* unlimited = stackalloc ulong[] { ulong.MaxValue, ulong.MaxValue };
        return Libc.SetResourceLimit(LibcConstants.ResourceMemoryLock, unlimited) == 0;
    }
}
