using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Imker.Machine.Jit.Memory;

/// <summary>
/// Pages of machine code: written first, then made executable and never writable again. They are given back when disposed; nobody may
/// run them then.
/// </summary>
internal sealed unsafe class ExecutableMemory : SafeHandle
{
    private readonly nuint length;

    private ExecutableMemory(byte* address, nuint length)
        : base(0, ownsHandle: true)
    {
        SetHandle((nint)address);
        this.length = length;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte. What holds it holds this object too.</summary>
    public byte* Address => (byte*)handle;

    /// <summary>Pages with a copy of the code, padded by what faults.</summary>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory.</exception>
    public static ExecutableMemory Create(ReadOnlySpan<byte> code)
    {
        nuint pageMask = (nuint)Environment.SystemPageSize - 1;
        nuint length = ((nuint)code.Length + pageMask) & ~pageMask;
        byte* address = OperatingSystem.IsWindows() ? WindowsPages.Create(code, length)
            : OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ApplePages.Create(code, length)
            : PosixPages.Create(code, length);
        if (address == null)
            throw new OutOfMemoryException("cannot make memory executable: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        return new ExecutableMemory(address, length);
    }

    protected override bool ReleaseHandle() =>
        OperatingSystem.IsWindows() ? WindowsPages.Release(Address) : PosixPages.Release(Address, length);
}
