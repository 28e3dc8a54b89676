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
    [FieldOffset(48)] internal uint UserId;
    [FieldOffset(52)] internal uint MapIdCount;
    [FieldOffset(56)] internal ulong MapIds;
    [FieldOffset(64)] internal ObjectName Name;
    [FieldOffset(80)] internal uint InterfaceIndex;
    [FieldOffset(84)] internal uint Bits;
    [FieldOffset(104)] internal uint JitedSymbolCount;
    [FieldOffset(108)] internal uint JitedLengthCount;
    [FieldOffset(112)] internal ulong JitedSymbols;
    [FieldOffset(120)] internal ulong JitedLengths;
    [FieldOffset(128)] internal uint BtfId;
    [FieldOffset(132)] internal uint FunctionInfoSize;
    [FieldOffset(136)] internal ulong FunctionInfo;
    [FieldOffset(144)] internal uint FunctionInfoCount;
    [FieldOffset(148)] internal uint LineInfoCount;
    [FieldOffset(152)] internal ulong LineInfo;
    [FieldOffset(160)] internal ulong JitedLineInfo;
    [FieldOffset(168)] internal uint JitedLineInfoCount;
    [FieldOffset(172)] internal uint LineInfoSize;
    [FieldOffset(176)] internal uint JitedLineInfoSize;
    [FieldOffset(192)] internal ulong RunTime;
    [FieldOffset(200)] internal ulong RunCount;
    [FieldOffset(208)] internal ulong RecursionMisses;
    [FieldOffset(216)] internal uint VerifiedInstructions;
    [FieldOffset(220)] internal uint AttachBtfObjectId;
    [FieldOffset(224)] internal uint AttachBtfId;
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
    [FieldOffset(40)] internal uint InterfaceIndex;
    [FieldOffset(44)] internal uint BtfKernelValueType;
    [FieldOffset(64)] internal uint BtfId;
    [FieldOffset(68)] internal uint BtfKeyType;
    [FieldOffset(72)] internal uint BtfValueType;
    [FieldOffset(80)] internal ulong Extra;
}

/// <summary><c>struct bpf_btf_info</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct BpfBtfInfo
{
    [FieldOffset(0)] internal ulong Bytes;
    [FieldOffset(8)] internal uint Size;
    [FieldOffset(12)] internal uint Id;
    [FieldOffset(16)] internal ulong Name;
    [FieldOffset(24)] internal uint NameLength;
    [FieldOffset(28)] internal uint IsKernel;
}
