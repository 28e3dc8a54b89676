using System.Collections.Immutable;
using Imker.Btf;
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
    private static readonly string[] DataKinds = [".data", ".rodata", ".bss"];

    private readonly ObjectFile file;
    private readonly DiagnosticBag diagnostics;
    private readonly LinkNames names = new();
    private readonly List<MapSpec> maps = [];
    private readonly List<GlobalVariable> variables = [];
    private readonly List<AttachSpec> attachments = [];

    private PlainObjectReader(ObjectFile file, DiagnosticBag diagnostics)
    {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    /// <summary>The object; null when there are errors among the diagnostics.</summary>
    /// <exception cref="DiagnosticException">The file contradicts itself.</exception>
    public static BpfObject? Read(ObjectFile file, DiagnosticBag diagnostics) => new PlainObjectReader(file, diagnostics).Read();

    private BpfObject? Read()
    {
        RefuseWhatIsNotTaken();
        NameSections();
        maps.AddRange(MapDefinitions.Read(file, diagnostics));
        foreach (MapSpec map in maps)
            names.Maps[map.Name] = map.Name;
        ReadDataSections();
        ReadKernelSymbols();
        foreach (ObjectSymbol symbol in FunctionsIn(FileNames.TextSection))
            names.Functions[symbol.Name] = symbol.Name;
        if (diagnostics.HasErrors)
            return null;

        var code = new CodeReader(file, names);
        ImmutableArray<FunctionSpec> functions = [.. FunctionsIn(FileNames.TextSection).Select(symbol => ReadFunction(code, symbol))];
        ImmutableArray<ProgramSpec> programs = [.. CodeSections().SelectMany(section => ReadPrograms(code, section))];
        return diagnostics.HasErrors ? null : new BpfObject
        {
            Name = Path.GetFileNameWithoutExtension(file.Name),
            License = file.License,
            Btf = file.Btf is { } btf ? WithoutDataSections(btf) : default,
            Programs = programs,
            Functions = functions,
            Maps = [.. maps],
            Variables = [.. variables],
            Attachments = [.. attachments],
        };
    }

    private void RefuseWhatIsNotTaken()
    {
        foreach (ElfSection section in file.Sections)
        {
            if (section.Name == "maps" || section.Name.StartsWith("maps/", StringComparison.Ordinal))
                Refuse($"section '{section.Name}' defines maps in the form that libbpf 1.0 gave up", "define them in \".maps\", with BTF (clang -g)");
            else if (section.Type == ElfSectionType.Relocations && section.Size > 0 && file.FindSection((int)section.Info) is { } target
                && (DataKindOf(target) is not null || target.Name == FileNames.MapsSection))
                Refuse($"section '{target.Name}' holds addresses, which have to be filled in");
            else if (section.Name.StartsWith(".struct_ops", StringComparison.Ordinal) || section.Name.StartsWith(".arena", StringComparison.Ordinal))
                Refuse($"section '{section.Name}' is of a kind that this reader does not take");
        }
        int relocations = file.Ext.Values.Sum(section => section.Relocations.Length);
        if (relocations > 0)
            Refuse($"its code has {relocations} CO-RE relocations, to be adapted to the kernel's types");
    }

    // Of two sections of one name libbpf would take one for the other.
    private void NameSections()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ElfSection section in file.Sections.Where(section => IsCode(section) || DataKindOf(section) is not null))
        {
            if (!seen.Add(section.Name))
                throw file.Malformed($"two sections are called '{section.Name}'");
        }
    }

    private void ReadDataSections()
    {
        var kinds = new Dictionary<int, string>();
        foreach (ElfSection section in file.Sections)
        {
            if (DataKindOf(section) is not { } kind || section.Size == 0)
                continue;
            if (section.Size > int.MaxValue)
                throw file.Malformed($"section '{section.Name}' has {section.Size} bytes");
            kinds.Add(section.Index, section.Name);
            names.Sections[section.Name] = section.Name;
            maps.Add(new MapSpec
            {
                Name = section.Name,
                Type = MapType.Array,
                KeySize = sizeof(int),
                ValueSize = (int)section.Size,
                MaxEntries = 1,
                Flags = MapFlags.MemoryMappable,
                IsReadOnlyData = kind == ".rodata",
                Contents = file.ReadSection(section),
            });
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ObjectSymbol symbol in file.Symbols)
        {
            if (symbol.Type == ElfSymbolType.Object && kinds.TryGetValue(symbol.Section, out string? section) && symbol.Size > 0 && seen.Add(symbol.Name))
                variables.Add(new GlobalVariable(symbol.Name, section, (int)Math.Min(symbol.Value, int.MaxValue), (int)Math.Min(symbol.Size, int.MaxValue)));
        }
    }

    private void ReadKernelSymbols()
    {
        foreach (ObjectSymbol symbol in file.Symbols)
        {
            if (symbol.Section != ElfSymbol.UndefinedSection || symbol.Name.Length == 0)
                continue;
            bool isWeak = symbol.Binding == ElfSymbolBinding.Weak;
            if (FindExtern(BtfKind.Function, symbol.Name) is not null)
                names.KernelSymbols[symbol.Name] = new KfuncReference(symbol.Name, Module: null, isWeak);
            else if (FindExtern(BtfKind.Variable, symbol.Name) is { } variable && IsIn(FileNames.KernelSymbolsSection, variable))
                names.KernelSymbols[symbol.Name] = new KernelSymbolReference(symbol.Name, !variable.Target.SkipModifiers().IsVoid, isWeak);
            else
                Refuse($"'{symbol.Name}' is declared but not defined, and is no symbol of the kernel's (__ksym)");
        }
    }

    private IEnumerable<ProgramSpec> ReadPrograms(CodeReader code, ElfSection section)
    {
        if (SectionName.Find(section.Name) is not var (row, target) || row.Target == SectionTarget.KernelType && target.Length == 0)
        {
            diagnostics.Error(ObjectDiagnosticId.UnknownSection, default,
                $"cannot read {file.Name}: the name of section '{section.Name}' does not tell where its programs belong"
                + Spelling.Suggestion(section.Name.Split('/')[0], SectionNames.All.Select(known => known.Name)));
            yield break;
        }
        foreach (ObjectSymbol symbol in FunctionsIn(section.Name))
        {
            if (symbol.Binding == ElfSymbolBinding.Local)
                Refuse($"the program '{symbol.Name}' is static");
            if (row.Target != SectionTarget.KernelType && target.Length > 0)
                AddAttachment(row, symbol.Name, section.Name, target);
            yield return new ProgramSpec
            {
                Name = symbol.Name,
                Type = row.Type,
                ExpectedAttachType = row.Attach,
                AttachTarget = row.Target == SectionTarget.KernelType ? target : null,
                IsSleepable = row.IsSleepable,
                DisplayName = section.Name,
                Entry = ReadFunction(code, symbol),
            };
        }
    }

    private void AddAttachment(SectionName row, string program, string section, string target)
    {
        if (row.AttachmentOf(program, target) is { } attachment)
            attachments.Add(attachment);
        else
            diagnostics.Error(ObjectDiagnosticId.UnknownSection, default,
                $"cannot read {file.Name}: what stands behind the slash of section '{section}' is no {row.Target.ToString().ToLowerInvariant()}");
    }

    private FunctionSpec ReadFunction(CodeReader code, ObjectSymbol symbol)
    {
        string section = file.FindSection(symbol.Section)!.Name;
        uint slot = (uint)(symbol.Value / InstructionEncoder.SlotSize);
        uint type = file.Ext.TryGetValue(section, out BtfExtSection? records)
            ? records.Functions.FirstOrDefault(function => function.Slot == slot).TypeId
            : 0;
        return code.Read(symbol) with { BtfTypeId = type };
    }

    private IEnumerable<ElfSection> CodeSections() =>
        file.Sections.Where(section => IsCode(section) && section.Name != FileNames.TextSection);

    private IEnumerable<ObjectSymbol> FunctionsIn(string section)
    {
        int number = file.FindSection(section)?.Index ?? -1;
        return file.Symbols.Where(symbol => symbol.Section == number && symbol.Type == ElfSymbolType.Function);
    }

    // Data sections describe the file, which a writer lays out anew; clang writes them behind everything else.
    private byte[] WithoutDataSections(BtfFile btf)
    {
        int count = btf.OwnCount;
        while (count > 0 && btf[(uint)count].Kind == BtfKind.DataSection)
            count--;
        byte[] own = BtfBuilder.From(btf, count, btf.StringsSize).ToArray();
        // What is left may refer to what was dropped.
        BtfFile.Read(file.Name, own);
        return own;
    }

    private BtfType? FindExtern(BtfKind kind, string name) => file.Btf?.FindAll(kind, name)
        .Cast<BtfType?>().FirstOrDefault(type => type!.Value.Linkage == BtfLinkage.Extern);

    private bool IsIn(string section, BtfType variable) => file.Btf!.TryFind(BtfKind.DataSection, section, out BtfType found)
        && found.SectionEntries.Any(entry => entry.Variable == variable);

    private static bool IsCode(ElfSection section) =>
        section.Type == ElfSectionType.ProgBits && section.Flags.HasFlag(ElfSectionFlags.Execute) && section.Size > 0;

    private static string? DataKindOf(ElfSection section) => section.Type is not (ElfSectionType.ProgBits or ElfSectionType.NoBits)
        ? null
        : DataKinds.FirstOrDefault(kind =>
            section.Name == kind || section.Name.StartsWith(kind + ".", StringComparison.Ordinal));

    private void Refuse(string what, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(ObjectDiagnosticId.Unsupported, default, $"cannot read {file.Name}: {what}", hints);
}
