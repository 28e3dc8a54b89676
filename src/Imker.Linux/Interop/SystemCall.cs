namespace Imker.Linux.Interop;

/// <summary>System calls that have no function in every supported C library, by their number on this architecture.</summary>
internal static unsafe class SystemCall
{
    private static readonly nint BpfNumber = LibcConstants.IsArm64 ? 280 : 321;
    private static readonly nint PerfEventOpenNumber = LibcConstants.IsArm64 ? 241 : 298;
    private static readonly nint StatxNumber = LibcConstants.IsArm64 ? 291 : 332;
    private static readonly nint MembarrierNumber = LibcConstants.IsArm64 ? 283 : 324;
    private static readonly nint SignalMaskNumber = LibcConstants.IsArm64 ? 135 : 14;
    private const nint FileSystemOpenNumber = 430, FileSystemConfigureNumber = 431, FileSystemMountNumber = 432;
    private const nint PidFdOpenNumber = 434, OpenAt2Number = 437;

    /// <summary>bpf(2): the result, or −1 with <see cref="Libc.LastError"/> set.</summary>
    internal static int Bpf(BpfCommand command, void* attributes, int size) =>
        (int)Libc.Syscall(BpfNumber, (nuint)command, (nuint)attributes, (nuint)size, 0, 0);

    internal static int PerfEventOpen(in PerfEventAttributes attributes, int pid, int cpu, int group, ulong flags)
    {
        fixed (PerfEventAttributes* pointer = &attributes)
            return (int)Libc.Syscall(PerfEventOpenNumber, (nuint)pointer, (nuint)pid, (nuint)cpu, (nuint)group, (nuint)flags);
    }

    /// <summary>rt_sigprocmask(2), the kernel's own set of 64 signals: the C libraries' sets differ in size.</summary>
    internal static int SignalMask(int how, ulong* mask, ulong* before) =>
        (int)Libc.Syscall(SignalMaskNumber, (nuint)how, (nuint)mask, (nuint)before, sizeof(ulong), 0);

    internal static int PidFdOpen(int pid) => (int)Libc.Syscall(PidFdOpenNumber, (nuint)pid, 0, 0, 0, 0);

    /// <summary>membarrier(2) with <c>MEMBARRIER_CMD_GLOBAL</c>.</summary>
    internal static int GlobalMemoryBarrier() => (int)Libc.Syscall(MembarrierNumber, 1, 0, 0, 0, 0);

    internal static int OpenAt2(int directory, byte* path, in OpenHow how)
    {
        fixed (OpenHow* pointer = &how)
            return (int)Libc.Syscall(OpenAt2Number, (nuint)directory, (nuint)path, (nuint)pointer, (nuint)sizeof(OpenHow), 0);
    }

    internal static int FileSystemOpen(byte* name, uint flags) => (int)Libc.Syscall(FileSystemOpenNumber, (nuint)name, flags, 0, 0, 0);

    /// <summary>fsconfig(2) with a command that takes no parameter.</summary>
    internal static int FileSystemConfigure(int context, uint command) => (int)Libc.Syscall(FileSystemConfigureNumber, (nuint)context, command, 0, 0, 0);

    internal static int FileSystemMount(int context, uint flags) => (int)Libc.Syscall(FileSystemMountNumber, (nuint)context, flags, 0, 0, 0);

    internal static int Statx(int directory, byte* path, int flags, uint mask, out FileStatus status)
    {
        fixed (FileStatus* pointer = &status)
            return (int)Libc.Syscall(StatxNumber, (nuint)directory, (nuint)path, (nuint)flags, mask, (nuint)pointer);
    }
}
