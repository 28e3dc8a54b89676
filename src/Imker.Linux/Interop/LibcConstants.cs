namespace Imker.Linux.Interop;

/// <summary>Numbers of <c>fcntl.h</c>, <c>sys/mman.h</c> and the like, the same on x86-64 and arm64 unless a member says otherwise.</summary>
internal static class LibcConstants
{
    internal const int OpenReadOnly = 0, OpenWriteOnly = 1;
    internal const int OpenCreate = 0x40, OpenExclusive = 0x80, OpenNoTerminal = 0x100;
    internal const int OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000, OpenPath = 0x200000;
    internal const int AtCurrentDirectory = -100, AtEmptyPath = 0x1000;

    internal const int ProtectionRead = 1, ProtectionWrite = 2;
    internal const int MapShared = 1, MapPrivate = 2, MapFixedNoReplace = 0x100000;

    internal const int EpollAdd = 1, EpollDelete = 2;
    internal const uint EpollIn = 1;

    internal const int FcntlSetDescriptorFlags = 2, FcntlDuplicateCloseOnExec = 1030;

    internal const int ResourceMemoryLock = 8;

    internal const int ClockRealtime = 0, ClockBoottime = 7;

    internal const nint DefaultHandler = 0;
    internal const int SignalInterrupt = 2, SignalKill = 9, SignalPipe = 13, SignalTerminate = 15;

    internal const short SpawnSetDefaultSignals = 4;

    internal const int SetParentDeathSignal = 1, SetNoNewPrivileges = 38;

    internal const int WaitNoHang = 1;

    // O_DIRECTORY and O_NOFOLLOW are among the few flags that arm64 numbers differently.
    internal static int OpenDirectory => IsArm64 ? 0x4000 : 0x10000;

    internal static int OpenNoFollow => IsArm64 ? 0x8000 : 0x20000;

    internal static bool IsArm64 =>
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
}
