using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct __user_cap_header_struct</c> of capset(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CapabilityHeader
{
    internal uint Version;

    /// <summary>0 for the calling thread.</summary>
    internal int Thread;
}
