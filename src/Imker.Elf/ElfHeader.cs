namespace Imker.Elf;

/// <summary>What kind of file it is (<c>e_type</c>).</summary>
public enum ElfType : ushort
{
    None = 0,
    /// <summary><c>ET_REL</c>: an object file.</summary>
    Relocatable = 1,
    /// <summary><c>ET_EXEC</c>: a program with a fixed address.</summary>
    Executable = 2,
    /// <summary><c>ET_DYN</c>: a shared library or a position-independent program.</summary>
    Shared = 3,
    /// <summary><c>ET_CORE</c></summary>
    Core = 4,
}

/// <summary>The architectures that Imker meets (<c>e_machine</c>); other values are passed through.</summary>
public enum ElfMachine : ushort
{
    None = 0,
    I386 = 3,
    PowerPC64 = 21,
    S390 = 22,
    Arm = 40,
    X86_64 = 62,
    AArch64 = 183,
    RiscV = 243,
    /// <summary><c>EM_BPF</c></summary>
    Bpf = 247,
    LoongArch = 258,
    Alpha = 0x9026,
}

/// <summary>The file header (<c>Elf64_Ehdr</c>, <c>Elf32_Ehdr</c>).</summary>
internal readonly record struct ElfHeader
{
    public const int IdentSize = 16;
    public const int MaxSize = 64;

    private ElfHeader(ElfEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        Encoding = encoding;
        Type = (ElfType)encoding.U16(bytes, 16);
        Machine = (ElfMachine)encoding.U16(bytes, 18);
        int word = encoding.WordSize;
        EntryPoint = encoding.Word(bytes, 24);
        ProgramHeaderOffset = encoding.Word(bytes, 24 + word);
        SectionHeaderOffset = encoding.Word(bytes, 24 + 2 * word);
        int rest = 24 + 3 * word;
        Flags = encoding.U32(bytes, rest);
        ProgramHeaderSize = encoding.U16(bytes, rest + 6);
        ProgramHeaderCount = encoding.U16(bytes, rest + 8);
        SectionHeaderSize = encoding.U16(bytes, rest + 10);
        SectionHeaderCount = encoding.U16(bytes, rest + 12);
        SectionNamesIndex = encoding.U16(bytes, rest + 14);
    }

    public ElfEncoding Encoding { get; }

    public ElfType Type { get; }

    public ElfMachine Machine { get; }

    public ulong EntryPoint { get; }

    public ulong ProgramHeaderOffset { get; }

    public ulong SectionHeaderOffset { get; }

    public uint Flags { get; }

    public ushort ProgramHeaderSize { get; }

    public ushort ProgramHeaderCount { get; }

    public ushort SectionHeaderSize { get; }

    public ushort SectionHeaderCount { get; }

    public ushort SectionNamesIndex { get; }

    public static int SizeOf(ElfEncoding encoding) => encoding.Is64Bit ? MaxSize : 52;

    public static ElfHeader Decode(ElfEncoding encoding, ReadOnlySpan<byte> bytes) => new(encoding, bytes);
}
