using System.Runtime.InteropServices;

namespace Imker.Linux;

/// <summary><c>struct sock_fprog</c> of linux/filter.h: how a classic program is handed to a socket.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketFilterProgram
{
    /// <summary>Instructions.</summary>
    public ushort Length;

    /// <summary>The address of the first, aligned as a pointer is.</summary>
    public nint Instructions;
}
