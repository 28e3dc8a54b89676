using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>
/// Reads an object that has no section <c>.imker</c>, as clang makes it: what a program is, its section's name tells
/// (<see cref="SectionNames"/>); maps are in <c>.maps</c>, global data in sections of data, subprograms in <c>.text</c>.
/// </summary>
internal sealed class PlainObjectReader
{
    private readonly ObjectFile file;
    private readonly DiagnosticBag diagnostics;
    private readonly UndefinedSymbols? undefined;
    private readonly LinkNames names = new();
    private readonly List<MapSpec> maps = [];
    private byte[] types = [];
    private ImmutableArray<KernelVariable> configuration = [];

    private PlainObjectReader(ObjectFile file, DiagnosticBag diagnostics, UndefinedSymbols? undefined)
    {
        this.file = file;
        this.diagnostics = diagnostics;
        this.undefined = undefined;
    }

    /// <summary>The object; null when there are errors among the diagnostics.</summary>
    /// <param name="undefined">Gets what is left to other objects; null when nothing may be.</param>
    /// <exception cref="DiagnosticException">The file contradicts itself.</exception>
    public static BpfObject? Read(ObjectFile file, DiagnosticBag diagnostics, UndefinedSymbols? undefined = null) =>
        new PlainObjectReader(file, diagnostics, undefined).Read();

    private BpfObject? Read()
    {
        RefuseWhatIsNotTaken();
        CheckNames();
        ReadDefinedMaps();
        ReadDataSections();
        ReadExternalSymbols();
        NameFunctions();
        if (diagnostics.HasErrors)
            return null;

        var code = new ProgramReader(file, names, diagnostics);
        ImmutableArray<FunctionSpec> functions = code.ReadFunctions();
        ImmutableArray<ProgramSpec> programs = code.ReadPrograms();
        return diagnostics.HasErrors ? null : new BpfObject
        {
            Name = Path.GetFileNameWithoutExtension(file.Name),
            License = file.License,
            Btf = types,
            Programs = programs,
            Functions = functions,
            Maps = [.. maps],
            Variables = DataSectionReader.ReadVariables(file),
            KernelVariables = configuration,
            Attachments = [.. code.Attachments],
        };
    }

    // Static functions of files that were linked may be called the same.
    private void NameFunctions()
    {
        var taken = new UniqueNames();
        foreach (ObjectSymbol symbol in file.Symbols
            .Where(symbol => symbol.Type == ElfSymbolType.Function && IsText(symbol.Section)).OrderBy(symbol => symbol.Binding == ElfSymbolBinding.Local))
            names.FunctionPlaces.TryAdd((symbol.Section, symbol.Value), taken.Take(symbol.Name));
    }

    private bool IsText(int section) => file.FindSection(section)?.Name == FileNames.TextSection;

    private void RefuseWhatIsNotTaken()
    {
        foreach (ElfSection section in file.Sections)
        {
            if (section.Name == "maps" || section.Name.StartsWith("maps/", StringComparison.Ordinal))
                Refuse($"section '{section.Name}' defines maps in the form that libbpf 1.0 gave up", "define them in \".maps\", with BTF (clang -g)");
            else if (section.Type == ElfSectionType.Relocations && section.Size > 0 && file.FindSection((int)section.Info) is { } target
                && DataSectionReader.KindOf(target) is not null)
                Refuse($"section '{target.Name}' holds addresses, which no kernel fills in", "look values up in a map instead, or choose by a switch");
            else if (section.Name.StartsWith(".addr_space.", StringComparison.Ordinal))
                Refuse($"section '{section.Name}' holds variables of an arena, which this reader does not take");
        }
    }

    // Of two sections of one name libbpf would take one for the other.
    private void CheckNames()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ElfSection section in file.Sections.Where(section => ProgramReader.IsCode(section) || DataSectionReader.KindOf(section) is not null))
        {
            if (!seen.Add(section.Name))
                throw file.Malformed($"two sections are called '{section.Name}'");
        }
    }

    private void ReadDefinedMaps()
    {
        maps.AddRange(MapDefinitions.Read(file, diagnostics));
        foreach (MapSpec map in maps)
            names.Maps[map.Name] = map.Name;
        maps.AddRange(StructOpsReader.Read(file));
    }

    private void ReadDataSections()
    {
        List<ElfSection> sections = [.. DataSectionReader.SectionsOf(file)];
        var ids = new Dictionary<string, uint>();
        if (file.Btf is { } btf)
            types = FileTypes.Take(file, btf, sections.Select(section => (section.Name, (uint)Math.Min(section.Size, uint.MaxValue))), out ids);
        foreach (ElfSection section in sections)
        {
            names.Sections[section.Name] = section.Name;
            maps.Add(DataSectionReader.Read(file, section, ids.GetValueOrDefault(section.Name)));
        }
    }

    private void ReadExternalSymbols()
    {
        var external = new ExternalSymbols(file, diagnostics, undefined);
        external.ReadInto(names.KernelSymbols);
        if (external.Configuration.Count == 0)
            return;
        configuration = ConfigurationReader.Read(file, external.Configuration);
        maps.Add(ConfigurationLayout.MapOf(configuration));
        foreach (KernelVariable variable in configuration)
            names.KernelSymbols[variable.Name] = new MapReference(FileNames.ConfigurationSection, variable.Offset, ValueAddress: true);
    }

    private void Refuse(string what, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(ObjectDiagnosticId.Unsupported, default, $"cannot read {file.Name}: {what}", hints);
}
