using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>Reads the programs and functions of a file that says what they are by the names of their sections (<see cref="SectionNames"/>).</summary>
internal sealed class ProgramReader(ObjectFile file, LinkNames names, DiagnosticBag diagnostics)
{
    private readonly CodeReader code = new(file, names);
    private readonly List<AttachSpec> attachments = [];
    private readonly ILookup<int, ObjectSymbol> functions =
        file.Symbols.Where(symbol => symbol.Type == ElfSymbolType.Function && symbol.Section != 0).ToLookup(symbol => symbol.Section);

    /// <summary>What the sections of the programs that were read tell.</summary>
    public IReadOnlyList<AttachSpec> Attachments => attachments;

    public static bool IsCode(ElfSection section) =>
        section.Type == ElfSectionType.ProgBits && section.Flags.HasFlag(ElfSectionFlags.Execute) && section.Size > 0;

    public ImmutableArray<FunctionSpec> ReadFunctions() => [.. functions[file.FindSection(FileNames.TextSection)?.Index ?? -1].Select(ReadFunction)];

    public ImmutableArray<ProgramSpec> ReadPrograms() =>
        [.. file.Sections.Where(section => IsCode(section) && section.Name != FileNames.TextSection).SelectMany(ReadPrograms)];

    private IEnumerable<ProgramSpec> ReadPrograms(ElfSection section)
    {
        string name = section.Name.StartsWith('?') ? section.Name[1..] : section.Name;
        if (SectionName.Find(name) is not var (row, target))
        {
            diagnostics.Error(ObjectDiagnosticId.UnknownSection, default,
                $"cannot read {file.Name}: the name of section '{section.Name}' does not tell where its programs belong"
                + Spelling.Suggestion(name.Split('/')[0], SectionNames.All.Select(known => known.Name)));
            yield break;
        }
        foreach (ObjectSymbol symbol in functions[section.Index])
        {
            if (symbol.Binding == ElfSymbolBinding.Local)
                diagnostics.Error(ObjectDiagnosticId.Unsupported, default, $"cannot read {file.Name}: section '{section.Name}': the program '{symbol.Name}' is static");
            if (row.TellsAttachment(target))
                AddAttachment(row, symbol.Name, section.Name, target);
            yield return new ProgramSpec
            {
                Name = symbol.Name,
                Type = row.Type,
                ExpectedAttachType = row.Attach,
                AttachTarget = row.Target == SectionTarget.KernelType && target.Length > 0 ? target : null,
                IsSleepable = row.IsSleepable,
                TakesFragments = row.TakesFragments,
                IsAutoLoaded = name.Length == section.Name.Length,
                DisplayName = name,
                Entry = ReadFunction(symbol),
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

    private FunctionSpec ReadFunction(ObjectSymbol symbol)
    {
        string section = file.FindSection(symbol.Section)!.Name;
        uint slot = (uint)(symbol.Value / InstructionEncoder.SlotSize);
        uint type = file.Ext.TryGetValue(section, out BtfExtSection? records)
            ? records.Functions.FirstOrDefault(function => function.Slot == slot).TypeId
            : 0;
        string name = names.FunctionPlaces.GetValueOrDefault((symbol.Section, symbol.Value), symbol.Name);
        return code.Read(symbol) with { Name = name, BtfTypeId = type };
    }
}
