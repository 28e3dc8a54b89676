namespace Imker.Elf;

/// <summary>
/// Makes a 64-bit object file (<c>ET_REL</c>). Sections keep the order in which they were added; after them stand the relocation
/// sections (<c>.rel…</c>, without addends, as eBPF has them), <c>.symtab</c> and <c>.strtab</c>. The same calls give the same bytes.
/// </summary>
public sealed partial class ElfWriter
{
    private readonly ElfMachine machine;
    private readonly bool isLittleEndian;
    private readonly List<Section> sections = [new Section("", ElfSectionType.Null, ElfSectionFlags.None, default, 0, 0, 0)];
    private readonly List<Symbol> symbols = [];

    public ElfWriter(ElfMachine machine, bool isLittleEndian = true)
    {
        this.machine = machine;
        this.isLittleEndian = isLittleEndian;
    }

    /// <summary>Adds a section with its bytes, which must not change afterwards.</summary>
    /// <param name="alignment">A power of two.</param>
    /// <param name="entrySize">Bytes of an entry where the section is a table, else 0.</param>
    /// <returns>The section's number.</returns>
    public int AddSection(
        string name, ElfSectionType type, ElfSectionFlags flags, ReadOnlyMemory<byte> bytes, uint alignment = 1, uint entrySize = 0) =>
        Add(new Section(name, type, flags, bytes, (ulong)bytes.Length, alignment, entrySize));

    /// <summary>Adds a section of zeros that takes no place in the file (<c>SHT_NOBITS</c>).</summary>
    /// <returns>The section's number.</returns>
    public int AddZeroSection(string name, ElfSectionFlags flags, ulong size, uint alignment = 1) =>
        Add(new Section(name, ElfSectionType.NoBits, flags, default, size, alignment, 0));

    /// <summary>Adds a symbol.</summary>
    /// <param name="section">The number that <see cref="AddSection"/> returned, or one of the reserved ones of <see cref="ElfSymbol"/>.</param>
    /// <param name="value">Its offset in the section.</param>
    /// <returns>What <see cref="AddRelocation"/> takes; the number in the file differs, as local symbols come first there.</returns>
    public ElfSymbolHandle AddSymbol(
        string name, int section, ulong value = 0, ulong size = 0, ElfSymbolType type = ElfSymbolType.None,
        ElfSymbolBinding binding = ElfSymbolBinding.Global, ElfSymbolVisibility visibility = ElfSymbolVisibility.Default)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isReserved = section is ElfSymbol.UndefinedSection or ElfSymbol.AbsoluteSection or ElfSymbol.CommonSection;
        if (!isReserved)
            CheckSection(section);
        symbols.Add(new Symbol(name, section, value, size, type, binding, visibility));
        return new ElfSymbolHandle(symbols.Count - 1);
    }

    /// <summary>Adds a relocation of a place in a section.</summary>
    public void AddRelocation(int section, ulong offset, uint type, ElfSymbolHandle symbol)
    {
        CheckSection(section);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbol.Index, symbols.Count);
        sections[section].Relocations.Add((offset, type, symbol));
    }

    private int Add(Section section)
    {
        ArgumentNullException.ThrowIfNull(section.Name);
        if (!ulong.IsPow2(section.Alignment))
            throw new ArgumentException($"The alignment of section '{section.Name}' is {section.Alignment}, no power of two.");
        // Relocations double the sections; from 0xff00 on the numbers are reserved.
        if (sections.Count >= MaxSections)
            throw new InvalidOperationException($"An object file of this writer has at most {MaxSections} sections.");
        sections.Add(section);
        return sections.Count - 1;
    }

    private void CheckSection(int section)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(section, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(section, sections.Count);
    }

    private sealed record Section(
        string Name, ElfSectionType Type, ElfSectionFlags Flags, ReadOnlyMemory<byte> Bytes, ulong Size, ulong Alignment, ulong EntrySize)
    {
        public uint Link { get; init; }

        public uint Info { get; init; }

        public List<(ulong Offset, uint Type, ElfSymbolHandle Symbol)> Relocations { get; } = [];
    }

    private readonly record struct Symbol(
        string Name, int Section, ulong Value, ulong Size, ElfSymbolType Type, ElfSymbolBinding Binding, ElfSymbolVisibility Visibility);
}

/// <summary>A symbol of an <see cref="ElfWriter"/>.</summary>
public readonly record struct ElfSymbolHandle
{
    internal ElfSymbolHandle(int index) => Index = index;

    internal int Index { get; }
}
