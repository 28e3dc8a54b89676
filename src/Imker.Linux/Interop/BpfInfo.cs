using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct bpf_prog_info</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct BpfProgramInfo
{
    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint Id;
    [FieldOffset(8)] internal ulong Tag;
    [FieldOffset(16)] internal uint JitedLength;
    [FieldOffset(20)] internal uint TranslatedLength;
    [FieldOffset(24)] internal ulong JitedCode;
    [FieldOffset(32)] internal ulong TranslatedCode;
    [FieldOffset(40)] internal ulong LoadTime;
    [FieldOffset(64)] internal ObjectName Name;
    [FieldOffset(192)] internal ulong RunTime;
    [FieldOffset(200)] internal ulong RunCount;
    [FieldOffset(208)] internal ulong RecursionMisses;
    [FieldOffset(216)] internal uint VerifiedInstructions;
}

/// <summary><c>struct bpf_map_info</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct BpfMapInfo
{
    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint Id;
    [FieldOffset(8)] internal uint KeySize;
    [FieldOffset(12)] internal uint ValueSize;
    [FieldOffset(16)] internal uint MaxEntries;
    [FieldOffset(20)] internal uint Flags;
    [FieldOffset(24)] internal ObjectName Name;
    [FieldOffset(64)] internal uint BtfId;
}
