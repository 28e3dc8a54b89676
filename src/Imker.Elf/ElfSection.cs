using System.Text;

namespace Imker.Elf;

/// <summary>What a section holds (<c>sh_type</c>).</summary>
public enum ElfSectionType : uint
{
    Null = 0,
    /// <summary><c>SHT_PROGBITS</c></summary>
    ProgBits = 1,
    /// <summary><c>SHT_SYMTAB</c></summary>
    SymbolTable = 2,
    /// <summary><c>SHT_STRTAB</c></summary>
    StringTable = 3,
    /// <summary><c>SHT_RELA</c></summary>
    RelocationsWithAddend = 4,
    /// <summary><c>SHT_HASH</c></summary>
    Hash = 5,
    /// <summary><c>SHT_DYNAMIC</c></summary>
    Dynamic = 6,
    /// <summary><c>SHT_NOTE</c></summary>
    Note = 7,
    /// <summary><c>SHT_NOBITS</c>: zeros that take no place in the file.</summary>
    NoBits = 8,
    /// <summary><c>SHT_REL</c></summary>
    Relocations = 9,
    /// <summary><c>SHT_DYNSYM</c></summary>
    DynamicSymbolTable = 11,
    /// <summary><c>SHT_SYMTAB_SHNDX</c>: section numbers that do not fit into a symbol.</summary>
    SymbolSectionIndexes = 18,
}

/// <summary><c>sh_flags</c></summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    None = 0,
    Write = 1,
    /// <summary><c>SHF_ALLOC</c>: lies in memory while the program runs.</summary>
    Allocate = 2,
    Execute = 4,
    Merge = 0x10,
    Strings = 0x20,
    /// <summary><c>SHF_INFO_LINK</c>: <see cref="ElfSection.Info"/> is a section's number.</summary>
    InfoLink = 0x40,
    /// <summary><c>SHF_COMPRESSED</c>: the bytes are compressed; they are given as they stand.</summary>
    Compressed = 0x800,
}

/// <summary>One section header.</summary>
public sealed class ElfSection
{
    private readonly ReadOnlyMemory<byte> name;

    internal ElfSection(int index, ElfEncoding encoding, ReadOnlySpan<byte> header, ReadOnlyMemory<byte> name)
    {
        this.name = name;
        Index = index;
        int word = encoding.WordSize;
        Type = (ElfSectionType)encoding.U32(header, 4);
        Flags = (ElfSectionFlags)encoding.Word(header, 8);
        Address = encoding.Word(header, 8 + word);
        Offset = encoding.Word(header, 8 + 2 * word);
        Size = encoding.Word(header, 8 + 3 * word);
        Link = encoding.U32(header, 8 + 4 * word);
        Info = encoding.U32(header, 12 + 4 * word);
        Alignment = encoding.Word(header, 16 + 4 * word);
        EntrySize = encoding.Word(header, 16 + 5 * word);
    }

    /// <summary>Its number, as symbols and other sections refer to it.</summary>
    public int Index { get; }

    public string Name => Encoding.UTF8.GetString(name.Span);

    public ReadOnlySpan<byte> NameBytes => name.Span;

    public ElfSectionType Type { get; }

    public ElfSectionFlags Flags { get; }

    /// <summary>Virtual address; 0 in object files.</summary>
    public ulong Address { get; }

    /// <summary>Where its bytes start in the file.</summary>
    public ulong Offset { get; }

    /// <summary>Bytes; of a <see cref="ElfSectionType.NoBits"/> section, in memory only.</summary>
    public ulong Size { get; }

    public uint Link { get; }

    public uint Info { get; }

    public ulong Alignment { get; }

    public ulong EntrySize { get; }

    public override string ToString() => $"[{Index}] {Name} ({Type}, {Size} bytes)";

    internal static int SizeOf(ElfEncoding encoding) => encoding.Is64Bit ? 64 : 40;
}
