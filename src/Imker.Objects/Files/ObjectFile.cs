using System.Collections.Immutable;
using System.Text;
using Imker.Btf;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>An ELF file with eBPF code, opened: its sections, symbols and relocations by what is asked of them.</summary>
internal sealed class ObjectFile
{
    private readonly ElfFile elf;
    private readonly Dictionary<string, ElfSection> sections = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ElfSection> relocations = [];
    private readonly Dictionary<string, ObjectSymbol> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Section, ulong Value), ObjectSymbol> places = [];

    private ObjectFile(ElfFile elf, long length)
    {
        this.elf = elf;
        Budget = new ReadBudget(elf.Name, length);
        foreach (ElfSection section in elf.Sections)
        {
            Budget.Take(section.NameBytes.Length);
            sections.TryAdd(section.Name, section);
            if (section.Type == ElfSectionType.Relocations && !relocations.TryAdd((int)section.Info, section))
                throw Malformed($"section {section.Info} has two sections of relocations");
            if (section.Type == ElfSectionType.RelocationsWithAddend)
                throw Malformed($"the relocations of section {section.Info} have addends, which eBPF's have not");
        }
        Symbols = ReadSymbols();
        foreach (ObjectSymbol symbol in Symbols)
        {
            if (symbol.Type == ElfSymbolType.Function && symbol.Section != 0)
                functions.TryAdd(symbol.Name, symbol);
            if (symbol.Type is ElfSymbolType.Function or ElfSymbolType.Object && symbol.Section != 0)
                places.TryAdd((symbol.Section, symbol.Value), symbol);
        }
        ReadBtf();
    }

    public string Name => elf.Name;

    public ReadBudget Budget { get; }

    /// <summary>All symbols, so that an index is a symbol's number.</summary>
    public ImmutableArray<ObjectSymbol> Symbols { get; }

    public ImmutableArray<ElfSection> Sections => elf.Sections;

    public BtfFile? Btf { get; private set; }

    /// <summary>What <c>.BTF.ext</c> says, by the name of the section of code.</summary>
    public Dictionary<string, BtfExtSection> Ext { get; } = new(StringComparer.Ordinal);

    public string License
    {
        get
        {
            ReadOnlySpan<byte> bytes = FindSection(FileNames.LicenseSection) is { } section ? elf.ReadSection(section).Span : default;
            int end = bytes.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        }
    }

    /// <exception cref="DiagnosticException">It is no eBPF object.</exception>
    public static ObjectFile Open(ReadOnlyMemory<byte> bytes, string name)
    {
        ElfFile elf = ElfFile.Read(name, bytes);
        string? problem = elf switch
        {
            { Machine: not (ElfMachine.Bpf or ElfMachine.None) } => $"it is an ELF file for {elf.Machine}, not for eBPF",
            { Type: not ElfType.Relocatable } => $"it is an ELF file of type {elf.Type}, not an object file",
            { Is64Bit: false } => "it is an object of 32 bits",
            { IsLittleEndian: false } => "it is an object for machines of big-endian byte order",
            _ => null,
        };
        return problem is null
            ? new ObjectFile(elf, bytes.Length)
            : throw new DiagnosticException([new Diagnostic(Severity.Error, ObjectDiagnosticId.NotBpf, SourceSpan.None, $"cannot read {name}: {problem}")]);
    }

    public ElfSection? FindSection(string name) => sections.GetValueOrDefault(name);

    public ElfSection? FindSection(int number) => number > 0 && number < elf.Sections.Length ? elf.Sections[number] : null;

    public ReadOnlyMemory<byte> ReadSection(ElfSection section) => elf.ReadSection(section);

    /// <summary>A function by its symbol.</summary>
    public ObjectSymbol? FindFunction(string symbol) => functions.GetValueOrDefault(symbol);

    /// <summary>The function or variable that starts at a place in a section.</summary>
    public ObjectSymbol? FindAt(int section, ulong value) => places.GetValueOrDefault((section, value));

    /// <summary>The relocations of a section, by the place that they patch.</summary>
    public Dictionary<ulong, ElfRelocation> ReadRelocations(int section)
    {
        var found = new Dictionary<ulong, ElfRelocation>();
        if (!relocations.TryGetValue(section, out ElfSection? table))
            return found;
        Budget.Take((long)table.Size);
        foreach (ElfRelocation relocation in elf.ReadRelocations(table))
        {
            if (!found.TryAdd(relocation.Offset, relocation))
                throw Malformed($"offset 0x{relocation.Offset:x} of section {section} has two relocations");
        }
        return found;
    }

    /// <summary>The first bytes of a section of data that the model names.</summary>
    public ReadOnlyMemory<byte> ReadImage(ModelNode node, int size)
    {
        ElfSection section = FindSection(node.Text("section")) ?? throw node.Malformed("section", "is not there");
        ReadOnlyMemory<byte> bytes = elf.ReadSection(section);
        return size <= bytes.Length ? bytes[..size] : throw node.Malformed("image", $"is {size} of {bytes.Length} bytes");
    }

    /// <summary>The object's own types, of which the model says how many they are.</summary>
    public ReadOnlyMemory<byte> ReadTypes(ModelNode node)
    {
        if (Btf is not { } btf)
            throw node.Malformed("types", "is given, but the file has no section .BTF");
        int types = node.Int32("types", max: btf.OwnCount), strings = node.Int32("strings", min: 1, max: btf.StringsSize);
        byte[] own = BtfBuilder.From(btf, types, strings).ToArray();
        BtfFile.Read(Name, own);
        return own;
    }

    public DiagnosticException Malformed(string problem) =>
        new([new Diagnostic(Severity.Error, ObjectDiagnosticId.Malformed, SourceSpan.None, $"cannot read {Name}: {problem}")]);

    private ImmutableArray<ObjectSymbol> ReadSymbols()
    {
        var symbols = ImmutableArray.CreateBuilder<ObjectSymbol>(elf.Symbols.Count);
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            Budget.Take(symbol.NameBytes.Length);
            symbols.Add(new ObjectSymbol(symbol.Name, symbol.Type, symbol.Binding, symbol.SectionIndex, symbol.Value, symbol.Size)
            {
                IsHidden = symbol.Visibility is ElfSymbolVisibility.Hidden or ElfSymbolVisibility.Internal,
            });
        }
        return symbols.MoveToImmutable();
    }

    private void ReadBtf()
    {
        if (FindSection(".BTF") is not { } types)
            return;
        Btf = BtfFile.Read(Name, elf.ReadSection(types));
        if (FindSection(".BTF.ext") is not { } records)
            return;
        foreach (BtfExtSection section in BtfExt.Read(Name, elf.ReadSection(records).Span, Btf).Sections)
        {
            string name = Btf.GetString(section.Name);
            Budget.Take(name.Length);
            Ext.TryAdd(name, section);
        }
    }
}

/// <summary>A symbol of an object file.</summary>
/// <param name="Section">The number of the section that it is in; 0 where the file does not define it.</param>
/// <param name="Value">Bytes from the start of the section.</param>
internal sealed record ObjectSymbol(string Name, ElfSymbolType Type, ElfSymbolBinding Binding, int Section, ulong Value, ulong Size)
{
    /// <summary>Seen by the objects that it is linked with, and by nobody else (<c>__hidden</c>).</summary>
    public bool IsHidden { get; init; }

    public bool IsWeak => Binding == ElfSymbolBinding.Weak;
}
