using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary>
/// <c>union bpf_iter_link_info</c>: a map's descriptor first; of cgroups the order, then a descriptor, then a number of 64 bits; of tasks a
/// thread, a process, or a descriptor of one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IteratorTarget
{
    internal int First;
    internal int Second;
    internal int Third;
    internal int Fourth;
}
