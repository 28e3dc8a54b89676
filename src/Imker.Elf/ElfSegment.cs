namespace Imker.Elf;

/// <summary>What a program header describes (<c>p_type</c>).</summary>
public enum ElfSegmentType : uint
{
    Null = 0,
    /// <summary><c>PT_LOAD</c></summary>
    Load = 1,
    /// <summary><c>PT_DYNAMIC</c></summary>
    Dynamic = 2,
    /// <summary><c>PT_INTERP</c></summary>
    Interpreter = 3,
    /// <summary><c>PT_NOTE</c></summary>
    Note = 4,
    /// <summary><c>PT_TLS</c></summary>
    Tls = 7,
}

/// <summary><c>p_flags</c></summary>
[Flags]
public enum ElfSegmentFlags : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}

/// <summary>One program header: a piece of the file and where it comes to lie in memory.</summary>
/// <param name="Offset">Where its bytes start in the file.</param>
/// <param name="Address">Its virtual address before relocation.</param>
/// <param name="FileSize">Bytes in the file.</param>
/// <param name="MemorySize">Bytes in memory; what exceeds <paramref name="FileSize"/> is zero.</param>
public readonly record struct ElfSegment(
    ElfSegmentType Type, ElfSegmentFlags Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment)
{
    public bool IsExecutable => (Flags & ElfSegmentFlags.Execute) != 0;

    internal static int SizeOf(ElfEncoding encoding) => encoding.Is64Bit ? 56 : 32;

    internal static ElfSegment Decode(ElfEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        var type = (ElfSegmentType)encoding.U32(bytes, 0);
        return encoding.Is64Bit
            ? new ElfSegment(type, (ElfSegmentFlags)encoding.U32(bytes, 4), encoding.U64(bytes, 8), encoding.U64(bytes, 16),
                encoding.U64(bytes, 32), encoding.U64(bytes, 40), encoding.U64(bytes, 48))
            : new ElfSegment(type, (ElfSegmentFlags)encoding.U32(bytes, 24), encoding.U32(bytes, 4), encoding.U32(bytes, 8),
                encoding.U32(bytes, 16), encoding.U32(bytes, 20), encoding.U32(bytes, 28));
    }
}
