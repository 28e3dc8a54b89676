using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct bpf_link_info</c>, with the tails of all kinds of links over one another.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct BpfLinkInfo
{
    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint Id;
    [FieldOffset(8)] internal uint ProgramId;

    /// <summary>The name of a raw tracepoint or of an iterator's target; the addresses of kprobes; the path of uprobes.</summary>
    [FieldOffset(16)] internal ulong Pointer;
    [FieldOffset(24)] internal uint PointerLength;

    /// <summary>The first word: attach type of tracing, interface, namespace, map, protocol family.</summary>
    [FieldOffset(16)] internal uint First;
    [FieldOffset(20)] internal uint Second;
    [FieldOffset(24)] internal uint Third;
    [FieldOffset(28)] internal uint Fourth;

    [FieldOffset(16)] internal ulong CgroupId;
    [FieldOffset(24)] internal uint CgroupAttachType;

    [FieldOffset(32)] internal ulong Cookie;
    [FieldOffset(32)] internal ulong KprobesMissed;

    [FieldOffset(24)] internal ulong UprobeOffsets;
    [FieldOffset(48)] internal uint UprobePathLength;
    [FieldOffset(52)] internal uint UprobeCount;
    [FieldOffset(56)] internal uint UprobeFlags;
    [FieldOffset(60)] internal uint UprobePid;

    [FieldOffset(24)] internal ulong PerfPointer;
    [FieldOffset(32)] internal uint PerfPointerLength;
    [FieldOffset(36)] internal uint PerfOffset;
    [FieldOffset(40)] internal ulong PerfAddressOrCookie;
    [FieldOffset(24)] internal ulong PerfConfig;
    [FieldOffset(32)] internal uint PerfType;
}
