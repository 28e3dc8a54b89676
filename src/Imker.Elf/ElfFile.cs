using System.Collections.Immutable;

namespace Imker.Elf;

/// <summary>
/// An ELF file of any word size and byte order: program, library or object. Opening reads the file header and the program headers;
/// everything else is read when it is asked for, and kept. Whatever is read is checked against the file first; every member that
/// reads throws <see cref="Diagnostics.DiagnosticException"/> for a table that contradicts the file, naming file and offset, and
/// <see cref="IOException"/> when the file cannot be read. Safe for use by several threads. System V ABI, gABI chapters 4 and 5.
/// </summary>
public sealed partial class ElfFile
{
    private readonly ElfSource source;
    private readonly ElfHeader header;
    private ImmutableArray<ElfSection> sections;
    private ElfDynamic? dynamic;

    private ElfFile(ElfSource source, ElfHeader header, ImmutableArray<ElfSegment> segments)
    {
        this.source = source;
        this.header = header;
        Segments = segments;
    }

    /// <summary>What messages call the file.</summary>
    public string Name => source.Name;

    public bool Is64Bit => header.Encoding.Is64Bit;

    public bool IsLittleEndian => header.Encoding.IsLittleEndian;

    public ElfType Type => header.Type;

    public ElfMachine Machine => header.Machine;

    /// <summary>The machine's own flags (<c>e_flags</c>).</summary>
    public uint Flags => header.Flags;

    public ulong EntryPoint => header.EntryPoint;

    /// <summary>The program headers; empty in an object file.</summary>
    public ImmutableArray<ElfSegment> Segments { get; }

    /// <summary>All section headers, the null section included, so that an index is a section's number; empty when they were stripped.</summary>
    public ImmutableArray<ElfSection> Sections
    {
        get
        {
            if (sections.IsDefault)
                sections = ReadSections();
            return sections;
        }
    }

    /// <summary>A program that is loaded at any address: <c>DF_1_PIE</c>, or an interpreter and no <c>DT_SONAME</c>.</summary>
    public bool IsPositionIndependentExecutable =>
        Type == ElfType.Shared && (Dynamic.IsPie || !Dynamic.HasSoName && Segments.Any(s => s.Type == ElfSegmentType.Interpreter));

    public bool IsSharedLibrary => Type == ElfType.Shared && !IsPositionIndependentExecutable;

    internal ElfEncoding Encoding => header.Encoding;

    private ElfDynamic Dynamic => dynamic ??= ElfDynamic.Read(this);

    /// <summary>The first section of that name, or null.</summary>
    public ElfSection? FindSection(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        return Sections.FirstOrDefault(s => s.NameBytes.SequenceEqual(bytes));
    }

    /// <summary>A section's bytes as they stand in the file; none for <see cref="ElfSectionType.NoBits"/>.</summary>
    public ReadOnlyMemory<byte> ReadSection(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.Type is ElfSectionType.NoBits or ElfSectionType.Null
            ? default
            : source.Slice(section.Offset, section.Size, $"section {section.Index}");
    }

    /// <summary>The entries of a relocation section, of either kind.</summary>
    /// <exception cref="ArgumentException">The section holds no relocations.</exception>
    public ImmutableArray<ElfRelocation> ReadRelocations(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        bool withAddend = section.Type == ElfSectionType.RelocationsWithAddend;
        if (!withAddend && section.Type != ElfSectionType.Relocations)
            throw new ArgumentException($"{section} holds no relocations.", nameof(section));

        int word = Encoding.WordSize, entrySize = withAddend ? 3 * word : 2 * word;
        ReadOnlySpan<byte> bytes = ReadSection(section).Span;
        if (bytes.Length % entrySize != 0)
            throw source.Malformed(section.Offset,
                $"section {section.Index}: {bytes.Length} bytes are no whole number of relocations of {entrySize} bytes");

        var relocations = ImmutableArray.CreateBuilder<ElfRelocation>(bytes.Length / entrySize);
        for (; bytes.Length > 0; bytes = bytes[entrySize..])
            relocations.Add(DecodeRelocation(bytes, withAddend));
        return relocations.MoveToImmutable();
    }

    private ElfRelocation DecodeRelocation(ReadOnlySpan<byte> bytes, bool withAddend)
    {
        ulong offset = Encoding.Word(bytes, 0), info = Encoding.Word(bytes, Encoding.WordSize);
        if (Encoding.Is64Bit)
            return new ElfRelocation(offset, (uint)info, (uint)(info >> 32), withAddend ? (long)Encoding.U64(bytes, 16) : 0);
        return new ElfRelocation(offset, (uint)info & 0xff, (uint)info >> 8, withAddend ? (int)Encoding.U32(bytes, 8) : 0);
    }
}
