using System.Runtime.InteropServices;

namespace Imker.Machine.Jit.Memory;

/// <summary>
/// Executable pages by mmap(2) and mprotect(2). On arm64 Linux makes instruction and data caches agree when a page that was written
/// becomes executable (<c>__sync_icache_dcache</c>).
/// </summary>
internal static unsafe partial class PosixPages
{
    internal const int Read = 1, Write = 2, Execute = 4;
    internal const int Private = 2;
    private const int LinuxAnonymous = 0x20, AppleAnonymous = 0x1000;

    private static int Anonymous => OperatingSystem.IsMacOS() ? AppleAnonymous : LinuxAnonymous;

    /// <returns>Null when the system refuses; its error is the last P/Invoke error.</returns>
    public static byte* Create(ReadOnlySpan<byte> code, nuint length)
    {
        byte* address = Map(length, Read | Write, 0);
        if (address == null)
            return null;
        code.CopyTo(new Span<byte>(address, code.Length));
        if (MProtect(address, length, Read | Execute) == 0)
            return address;
        int error = Marshal.GetLastPInvokeError();
        Release(address, length);
        Marshal.SetLastPInvokeError(error);
        return null;
    }

    public static bool Release(byte* address, nuint length) => MUnmap(address, length) == 0;

    internal static byte* Map(nuint length, int protection, int flags)
    {
        byte* address = MMap(null, length, protection, Private | Anonymous | flags, -1, 0);
        return (nint)address == -1 ? null : address;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(void* address, nuint length);
}
