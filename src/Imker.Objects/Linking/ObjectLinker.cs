using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// Joins several objects into one, as <c>bpftool gen object</c> does: what one declares another defines, weak definitions give way,
/// static ones stay apart, sections of data follow each other, types are there once.
/// </summary>
public sealed class ObjectLinker
{
    private readonly string name;
    private readonly IReadOnlyList<LinkInput> inputs;
    private readonly LinkSymbols symbols;
    private readonly LinkLayout layout;
    private readonly BtfBuilder types;
    private readonly Dictionary<LinkInput, uint[]> ids = [];

    private ObjectLinker(string name, IReadOnlyList<LinkInput> inputs, DiagnosticBag diagnostics)
    {
        this.name = name;
        this.inputs = inputs;
        symbols = LinkSymbols.Of(name, inputs, diagnostics);
        layout = new LinkLayout(name, inputs, symbols, diagnostics);
        types = MergeTypes();
    }

    /// <param name="name">What the joined object is called.</param>
    /// <param name="files">The objects, with their names for messages. Sections <c>.imker</c> count for nothing.</param>
    /// <param name="linked">The joined object; null when there are errors.</param>
    /// <param name="diagnostics">Gets what is wrong with the objects, or between them.</param>
    public static bool TryLink(
        string name, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> files, [NotNullWhen(true)] out BpfObject? linked, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        var own = new DiagnosticBag();
        linked = null;
        try
        {
            LinkInput[] inputs = [.. files.Select(file => LinkInput.Read(file.Name, file.Bytes, own)).OfType<LinkInput>()];
            CheckLicenses(name, inputs, own);
            BpfObject? joined = own.HasErrors ? null : new ObjectLinker(name, inputs, own).Link(own);
            foreach (string problem in joined is null || own.HasErrors ? [] : ObjectConsistency.FindProblems(joined))
                own.Error(ObjectDiagnosticId.BadLink, default, $"cannot link {name}: {problem}");
            linked = own.HasErrors ? null : joined;
        }
        catch (DiagnosticException e)
        {
            own.AddRange(e.Diagnostics);
        }
        diagnostics.AddRange(own);
        return linked is not null;
    }

    /// <summary>As <see cref="TryLink"/>.</summary>
    /// <exception cref="DiagnosticException">The objects do not fit together.</exception>
    public static BpfObject Link(string name, params IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> files)
    {
        var diagnostics = new DiagnosticBag();
        return TryLink(name, files, out BpfObject? linked, diagnostics) ? linked : throw new DiagnosticException(diagnostics.ToSorted());
    }

    private static void CheckLicenses(string name, LinkInput[] inputs, DiagnosticBag diagnostics)
    {
        LinkInput? first = inputs.FirstOrDefault(input => input.Object.License.Length > 0);
        foreach (LinkInput other in inputs.Where(input => input.Object.License.Length > 0 && input.Object.License != first!.Object.License))
            diagnostics.Error(ObjectDiagnosticId.BadLink, default,
                $"cannot link {name}: the licence of {first!.Name} is '{first.Object.License}', that of {other.Name} '{other.Object.License}'");
    }

    private BpfObject? Link(DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
            return null;
        ImmutableArray<MapSpec> maps = [.. inputs.SelectMany(MapsOf), .. layout.Sections.Keys.Select(SectionOf), .. ConfigurationMap()];
        return new BpfObject
        {
            Name = name,
            License = inputs.Select(input => input.Object.License).FirstOrDefault(license => license.Length > 0) ?? "",
            Programs = [.. inputs.SelectMany(input => input.Object.Programs.Where(program => !symbols.IsReplaced(input, program.Name))
                .Select(program => program with { Entry = Move(input, program.Entry) }))],
            Functions = [.. inputs.SelectMany(input => input.Object.Functions.Where(function => !symbols.IsReplaced(input, function.Name))
                .Select(function => Move(input, function) with { Name = layout.FunctionName(input, function.Name) }))],
            Maps = maps,
            Attachments = [.. inputs.SelectMany(input => input.Object.Attachments.Where(attachment => !symbols.IsReplaced(input, attachment.Program)))],
            Variables = [.. inputs.SelectMany(VariablesOf)],
            KernelVariables = layout.Configuration,
            Btf = types.Count == 1 ? default : types.ToArray(),
        };
    }

    private BtfBuilder MergeTypes()
    {
        var merger = new BtfMerger();
        List<LinkInput> typed = [.. inputs.Where(input => input.Types is not null)];
        foreach (LinkInput input in typed)
            merger.Add(input.Types!, type => !IsResolved(type) && !(type.Kind == BtfKind.DeclarationTag && IsResolved(type.Target)));
        BtfBuilder merged = merger.Build(out IReadOnlyList<uint[]> map);
        for (int i = 0; i < typed.Count; i++)
            ids.Add(typed[i], map[i]);
        return merged;
    }

    // Declarations of what is defined now say nothing any more.
    private bool IsResolved(BtfType type) =>
        type.Kind is BtfKind.Function or BtfKind.Variable && type.Linkage == BtfLinkage.Extern && symbols.Find(type.Name) is not null;

    private uint NewId(LinkInput input, uint id) => id == 0 || !ids.TryGetValue(input, out uint[]? map) || id >= map.Length ? 0 : map[id];

    private FunctionSpec Move(LinkInput input, FunctionSpec function) => function with
    {
        Instructions = [.. function.Instructions.Select(instruction => Move(input, instruction))],
        CoreRelocations = [.. function.CoreRelocations.Select(relocation => relocation with { TypeId = NewId(input, relocation.TypeId) })],
        BtfTypeId = NewId(input, function.BtfTypeId),
    };

    private Instruction Move(LinkInput input, Instruction instruction) => instruction.Reference switch
    {
        FunctionReference function => instruction.WithReference(new FunctionReference(FunctionOf(input, function.Name))),
        MapReference map => Instruction.LoadMap(instruction.Dst, Move(input, map)),
        _ => instruction,
    };

    private string FunctionOf(LinkInput input, string name)
    {
        string shared = UndefinedSymbols.SymbolOf(name) ?? name;
        return (shared != name || input.IsGlobal(name)) && symbols.Find(shared) is { Kind: LinkSymbolKind.Function } found
            ? layout.FunctionName(found.Input, found.Name)
            : layout.FunctionName(input, name);
    }

    private MapReference Move(LinkInput input, MapReference map)
    {
        if (UndefinedSymbols.SymbolOf(map.Name) is { } shared)
            return Move(symbols.Find(shared)!, map.Offset);
        if (map.Name == FileNames.ConfigurationSection)
        {
            KernelVariable old = input.Object.KernelVariables.Last(variable => variable.Offset <= map.Offset);
            return map with { Offset = layout.Configuration.First(variable => variable.Name == old.Name).Offset + map.Offset - old.Offset };
        }
        if (layout.StartOf(input, map.Name) is not { } start)
            return map with { Name = layout.MapName(input, map.Name) };
        GlobalVariable? replaced = input.Object.Variables.FirstOrDefault(variable => variable.IsWeak && variable.Map == map.Name
            && map.Offset >= variable.Offset && map.Offset < variable.Offset + variable.Size && symbols.IsReplaced(input, variable.Name));
        return replaced is null ? map with { Offset = map.Offset + start } : Move(symbols.Find(replaced.Name)!, map.Offset - replaced.Offset);
    }

    private MapReference Move(LinkSymbol symbol, long offset) => symbol.Kind == LinkSymbolKind.Map
        ? new MapReference(layout.MapName(symbol.Input, symbol.Name))
        : new MapReference(symbol.Variable.Map, layout.StartOf(symbol.Input, symbol.Variable.Map)!.Value + symbol.Variable.Offset + offset, ValueAddress: true);

    private IEnumerable<MapSpec> MapsOf(LinkInput input)
    {
        foreach (MapSpec map in input.Object.Maps.Except(LinkLayout.SectionsOf(input)).Where(map => map.Name != FileNames.ConfigurationSection))
        {
            yield return Move(input, map) with
            {
                Name = layout.MapName(input, map.Name),
                InnerMaps = [.. map.InnerMaps.Select(inner => inner.Length == 0 ? inner : layout.MapName(input, inner))],
            };
        }
    }

    private MapSpec Move(LinkInput input, MapSpec map) => map with
    {
        BtfKeyTypeId = NewId(input, map.BtfKeyTypeId),
        BtfValueTypeId = NewId(input, map.BtfValueTypeId),
        InnerMap = map.InnerMap is { } inner ? Move(input, inner) : null,
        StructOps = map.StructOps is { } table ? table with { TypeId = NewId(input, table.TypeId) } : null,
    };

    private MapSpec SectionOf(string section)
    {
        List<(int Start, LinkInput Input, MapSpec Map)> parts = [.. inputs.Where(input => layout.StartOf(input, section) is not null)
            .Select(input => (layout.StartOf(input, section)!.Value, input, input.Object.FindMap(section)!))];
        byte[] contents = new byte[parts.All(part => part.Map.Contents.IsEmpty) ? 0 : layout.Sections[section]];
        var entries = new List<BtfSectionEntrySpec>();
        foreach ((int start, LinkInput input, MapSpec map) in parts)
        {
            map.Contents.CopyTo(contents.AsMemory(contents.Length == 0 ? 0 : start));
            if (map.BtfValueTypeId != 0)
                entries.AddRange(input.Types![map.BtfValueTypeId].SectionEntries.Select(entry =>
                    new BtfSectionEntrySpec(NewId(input, entry.Variable.Id), (uint)start + entry.Offset, entry.Size)));
        }
        return parts[0].Map with
        {
            ValueSize = layout.Sections[section],
            Contents = contents,
            Flags = parts.Aggregate(MapFlags.None, (flags, part) => flags | part.Map.Flags),
            BtfValueTypeId = entries.Count == 0 ? 0 : types.AddDataSection(section, (uint)layout.Sections[section], [.. entries]),
        };
    }

    private IEnumerable<MapSpec> ConfigurationMap() => layout.Configuration.IsEmpty ? [] : [ConfigurationLayout.MapOf(layout.Configuration)];

    private IEnumerable<GlobalVariable> VariablesOf(LinkInput input) => input.Object.Variables
        .Where(variable => variable.IsStatic || !symbols.IsReplaced(input, variable.Name))
        .Select(variable => variable with
        {
            Name = layout.VariableName(input, variable.Name),
            Offset = layout.StartOf(input, variable.Map)!.Value + variable.Offset,
        });
}
