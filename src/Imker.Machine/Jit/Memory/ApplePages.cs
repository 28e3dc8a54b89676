using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Imker.Machine.Jit.Memory;

/// <summary>Executable pages on Apple's arm64: mapped with <c>MAP_JIT</c>, writable or executable by turns for each thread.</summary>
internal static unsafe partial class ApplePages
{
    private const int MapJit = 0x800;

    [SupportedOSPlatform("macos")]
    public static byte* Create(ReadOnlySpan<byte> code, nuint length)
    {
        byte* address = PosixPages.Map(length, PosixPages.Read | PosixPages.Write | PosixPages.Execute, MapJit);
        if (address == null)
            return null;
        ProtectFromWriting(0);
        code.CopyTo(new Span<byte>(address, code.Length));
        ProtectFromWriting(1);
        InvalidateInstructionCache(address, (nuint)code.Length);
        return address;
    }

    [LibraryImport("libSystem", EntryPoint = "pthread_jit_write_protect_np")]
    private static partial void ProtectFromWriting(int enabled);

    [LibraryImport("libSystem", EntryPoint = "sys_icache_invalidate")]
    private static partial void InvalidateInstructionCache(void* address, nuint length);
}
