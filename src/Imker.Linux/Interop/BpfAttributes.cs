using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

// The members of `union bpf_attr` (linux/bpf.h), one structure a command, each as long as the fields known here. The kernel takes
// a shorter structure than its own, and a longer one while the tail is zero: a field of a newer kernel must stay zero unless probed.

[InlineArray(ObjectName.Size)]
internal struct ObjectName
{
    internal const int Size = 16;

    private byte first;

    /// <summary>The kernel takes letters, digits, '_' and '.', fifteen of them: others become '_', the rest is cut.</summary>
    internal static ObjectName From(string? name)
    {
        ObjectName result = default;
        for (int i = 0; i < Math.Min(name?.Length ?? 0, Size - 1); i++)
            result[i] = name![i] is var c && (char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? (byte)c : (byte)'_';
        return result;
    }

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct MapCreateAttributes
{
    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint KeySize;
    [FieldOffset(8)] internal uint ValueSize;
    [FieldOffset(12)] internal uint MaxEntries;
    [FieldOffset(16)] internal uint Flags;
    [FieldOffset(20)] internal int InnerMap;
    [FieldOffset(24)] internal uint NumaNode;
    [FieldOffset(28)] internal ObjectName Name;
    [FieldOffset(48)] internal int Btf;
    [FieldOffset(52)] internal uint BtfKeyType;
    [FieldOffset(56)] internal uint BtfValueType;
    [FieldOffset(60)] internal uint BtfVmlinuxValueType;
    [FieldOffset(64)] internal ulong Extra;
}

[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct MapElementAttributes
{
    [FieldOffset(0)] internal int Map;
    [FieldOffset(8)] internal ulong Key;
    [FieldOffset(16)] internal ulong ValueOrNextKey;
    [FieldOffset(24)] internal ulong Flags;
}

[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct MapBatchAttributes
{
    [FieldOffset(0)] internal ulong InBatch;
    [FieldOffset(8)] internal ulong OutBatch;
    [FieldOffset(16)] internal ulong Keys;
    [FieldOffset(24)] internal ulong Values;
    [FieldOffset(32)] internal uint Count;
    [FieldOffset(36)] internal int Map;
    [FieldOffset(40)] internal ulong ElementFlags;
    [FieldOffset(48)] internal ulong Flags;
}

[StructLayout(LayoutKind.Explicit, Size = 152)]
internal struct ProgramLoadAttributes
{
    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint InstructionCount;
    [FieldOffset(8)] internal ulong Instructions;
    [FieldOffset(16)] internal ulong License;
    [FieldOffset(24)] internal uint LogLevel;
    [FieldOffset(28)] internal uint LogSize;
    [FieldOffset(32)] internal ulong Log;
    [FieldOffset(44)] internal uint Flags;
    [FieldOffset(48)] internal ObjectName Name;
    [FieldOffset(68)] internal uint ExpectedAttachType;
    [FieldOffset(72)] internal int Btf;
    [FieldOffset(76)] internal uint FunctionInfoRecordSize;
    [FieldOffset(80)] internal ulong FunctionInfo;
    [FieldOffset(88)] internal uint FunctionInfoCount;
    [FieldOffset(92)] internal uint LineInfoRecordSize;
    [FieldOffset(96)] internal ulong LineInfo;
    [FieldOffset(104)] internal uint LineInfoCount;
    [FieldOffset(108)] internal uint AttachBtfId;
    [FieldOffset(112)] internal int AttachBtfObjectOrProgram;
    [FieldOffset(120)] internal ulong DescriptorArray;
    [FieldOffset(140)] internal uint LogTrueSize;
}

[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct BtfLoadAttributes
{
    [FieldOffset(0)] internal ulong Btf;
    [FieldOffset(8)] internal ulong Log;
    [FieldOffset(16)] internal uint BtfSize;
    [FieldOffset(20)] internal uint LogSize;
    [FieldOffset(24)] internal uint LogLevel;
    [FieldOffset(28)] internal uint LogTrueSize;
}

[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct TestRunAttributes
{
    [FieldOffset(0)] internal int Program;
    [FieldOffset(4)] internal uint ReturnValue;
    [FieldOffset(8)] internal uint DataInSize;
    [FieldOffset(12)] internal uint DataOutSize;
    [FieldOffset(16)] internal ulong DataIn;
    [FieldOffset(24)] internal ulong DataOut;
    [FieldOffset(32)] internal uint Repeat;
    [FieldOffset(36)] internal uint Duration;
    [FieldOffset(40)] internal uint ContextInSize;
    [FieldOffset(44)] internal uint ContextOutSize;
    [FieldOffset(48)] internal ulong ContextIn;
    [FieldOffset(56)] internal ulong ContextOut;
    [FieldOffset(64)] internal uint Flags;
    [FieldOffset(68)] internal uint Cpu;
    [FieldOffset(72)] internal uint BatchSize;
}

[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct GetInfoAttributes
{
    [FieldOffset(0)] internal int Descriptor;
    [FieldOffset(4)] internal uint Size;
    [FieldOffset(8)] internal ulong Info;
}

[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct RawTracepointOpenAttributes
{
    [FieldOffset(0)] internal ulong Name;
    [FieldOffset(8)] internal int Program;
    [FieldOffset(16)] internal ulong Cookie;
}

/// <summary><c>link_create</c> with the tails of all kinds of links over one another.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LinkCreateAttributes
{
    [FieldOffset(0)] internal int Program;
    [FieldOffset(4)] internal int Target;
    [FieldOffset(8)] internal uint AttachType;
    [FieldOffset(12)] internal uint Flags;

    [FieldOffset(16)] internal ulong PerfEventCookie;

    [FieldOffset(16)] internal ulong IteratorInfo;
    [FieldOffset(24)] internal uint IteratorInfoSize;

    [FieldOffset(16)] internal uint TracingTargetType;
    [FieldOffset(24)] internal ulong TracingCookie;

    [FieldOffset(16)] internal uint KprobeFlags;
    [FieldOffset(20)] internal uint KprobeCount;
    [FieldOffset(24)] internal ulong KprobeSymbols;
    [FieldOffset(40)] internal ulong KprobeCookies;

    [FieldOffset(16)] internal uint NetfilterFamily;
    [FieldOffset(20)] internal uint NetfilterHook;
    [FieldOffset(24)] internal int NetfilterPriority;
    [FieldOffset(28)] internal uint NetfilterFlags;

    [FieldOffset(16)] internal uint RelativeTo;
    [FieldOffset(24)] internal ulong ExpectedRevision;

    [FieldOffset(16)] internal ulong UprobePath;
    [FieldOffset(24)] internal ulong UprobeOffsets;
    [FieldOffset(32)] internal ulong UprobeSemaphores;
    [FieldOffset(40)] internal ulong UprobeCookies;
    [FieldOffset(48)] internal uint UprobeCount;
    [FieldOffset(52)] internal uint UprobeFlags;
    [FieldOffset(56)] internal uint UprobePid;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LinkUpdateAttributes
{
    internal int Link;
    internal int NewProgramOrMap;
    internal uint Flags;
    internal int OldProgramOrMap;
}

/// <summary>BPF_PROG_ATTACH and BPF_PROG_DETACH.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProgramAttachAttributes
{
    internal int Target;
    internal int Program;
    internal uint AttachType;
    internal uint Flags;
    internal int Replaced;
}

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectPathAttributes
{
    internal ulong Path;
    internal int Descriptor;
    internal uint Flags;
}

/// <summary>Commands whose attributes are one descriptor or number: MAP_FREEZE, ENABLE_STATS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SingleAttribute
{
    internal int Value;
    internal uint Flags;
}
