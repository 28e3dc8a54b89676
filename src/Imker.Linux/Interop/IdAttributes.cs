using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary>BPF_*_GET_NEXT_ID and BPF_*_GET_FD_BY_ID.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IdAttributes
{
    internal uint Id;
    internal uint NextId;
    internal uint OpenFlags;
}

/// <summary>BPF_PROG_QUERY.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ProgramQueryAttributes
{
    [FieldOffset(0)] internal int Target;
    [FieldOffset(4)] internal uint AttachType;
    [FieldOffset(8)] internal uint QueryFlags;
    [FieldOffset(12)] internal uint AttachFlags;
    [FieldOffset(16)] internal ulong ProgramIds;
    [FieldOffset(24)] internal uint Count;
    [FieldOffset(32)] internal ulong ProgramAttachFlags;
    [FieldOffset(40)] internal ulong LinkIds;
    [FieldOffset(48)] internal ulong LinkAttachFlags;
}
