using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Imker.Machine.Jit.Memory;

/// <summary>Executable pages by <c>VirtualAlloc</c> and <c>VirtualProtect</c>.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class WindowsPages
{
    private const uint CommitAndReserve = 0x3000, ReleaseAll = 0x8000;
    private const uint ReadWrite = 0x04, ExecuteRead = 0x20;

    /// <returns>Null when the system refuses; its error is the last P/Invoke error.</returns>
    public static byte* Create(ReadOnlySpan<byte> code, nuint length)
    {
        byte* address = VirtualAlloc(null, length, CommitAndReserve, ReadWrite);
        if (address == null)
            return null;
        code.CopyTo(new Span<byte>(address, code.Length));
        if (VirtualProtect(address, length, ExecuteRead, out _) && FlushInstructionCache(GetCurrentProcess(), address, length))
            return address;
        int error = Marshal.GetLastPInvokeError();
        Release(address);
        Marshal.SetLastPInvokeError(error);
        return null;
    }

    public static bool Release(byte* address) => VirtualFree(address, 0, ReleaseAll);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial byte* VirtualAlloc(void* address, nuint length, uint kind, uint protection);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualProtect(void* address, nuint length, uint protection, out uint before);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualFree(void* address, nuint length, uint kind);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushInstructionCache(nint process, void* address, nuint length);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentProcess();
}
