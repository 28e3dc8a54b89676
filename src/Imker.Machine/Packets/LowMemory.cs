using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>
/// Memory whose addresses fit 32 bits, because that is what a packet's context has for them (<c>struct xdp_md</c>,
/// <c>struct __sk_buff</c>). Systems that keep the low four gigabytes free of everything cannot run such programs.
/// </summary>
internal sealed unsafe partial class LowMemory : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, FixedNoReplace = 0x100000;
    private const uint CommitAndReserve = 0x3000, PageReadWrite = 4, Release = 0x8000;
    private const ulong First = 0x1000_0000, Last = 0xe000_0000, Distance = 0x100_0000;

    /// <exception cref="PlatformNotSupportedException">There is no low memory on this system.</exception>
    public LowMemory(int bytes)
    {
        Length = bytes;
        for (ulong at = First; at <= Last; at += Distance)
        {
            if (TryMap(at, bytes))
            {
                Start = (byte*)at;
                return;
            }
        }
        throw new PlatformNotSupportedException("cannot run a packet program: this system gives no memory below four gigabytes");
    }

    ~LowMemory() => Unmap();

    public byte* Start { get; private set; }

    public int Length { get; }

    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    private static bool TryMap(ulong address, int bytes)
    {
        if (OperatingSystem.IsWindows())
            return VirtualAlloc((void*)address, (nuint)bytes, CommitAndReserve, PageReadWrite) == (void*)address;
        if (!OperatingSystem.IsLinux())
            return false;
        void* got = Map((void*)address, (nuint)bytes, ReadWrite, PrivateAnonymous | FixedNoReplace, -1, 0);
        if (got == (void*)address)
            return true;
        // Kernels before 4.17 take the address as a wish only.
        if (got != (void*)-1)
            Unmap(got, (nuint)bytes);
        return false;
    }

    private void Unmap()
    {
        if (Start == null)
            return;
        if (OperatingSystem.IsWindows())
            VirtualFree(Start, 0, Release);
        else
            Unmap(Start, (nuint)Length);
        Start = null;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("kernel32")]
    private static partial void* VirtualAlloc(void* address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(void* address, nuint size, uint type);
}
