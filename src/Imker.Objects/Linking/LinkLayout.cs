using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Where the parts of the objects come to lie: sections of data behind each other, names that are no one else's.</summary>
internal sealed class LinkLayout
{
    private readonly Dictionary<(LinkInput, string), int> sectionStarts = [];
    private readonly Dictionary<string, int> sectionSizes = new(StringComparer.Ordinal);
    private readonly Dictionary<(LinkInput, string), string> functions = [], maps = [], variables = [];
    private readonly IReadOnlyList<LinkInput> inputs;
    private readonly LinkSymbols symbols;

    public LinkLayout(string name, IReadOnlyList<LinkInput> inputs, LinkSymbols symbols, DiagnosticBag diagnostics)
    {
        this.inputs = inputs;
        this.symbols = symbols;
        foreach (LinkInput input in inputs)
        {
            foreach (MapSpec section in SectionsOf(input))
                Append(name, input, section, diagnostics);
        }
        Configuration = Merge(name, diagnostics);
        Name(functions, input => input.Object.Functions.Where(function => !symbols.IsReplaced(input, function.Name)).Select(function => function.Name));
        Name(maps, input => input.Object.Maps.Select(map => map.Name).Except(SectionsOf(input).Select(section => section.Name)).Except([FileNames.ConfigurationSection]));
        Name(variables, input => input.Object.Variables.Where(variable => variable.IsStatic || !symbols.IsReplaced(input, variable.Name)).Select(variable => variable.Name));
    }

    public ImmutableArray<KernelVariable> Configuration { get; }

    /// <summary>Sections of data and their sizes, in the order in which they first came.</summary>
    public IReadOnlyDictionary<string, int> Sections => sectionSizes;

    /// <summary>The maps of an object that are its sections of data.</summary>
    public static IEnumerable<MapSpec> SectionsOf(LinkInput input)
    {
        var names = DataSectionReader.SectionsOf(input.File).Select(section => section.Name).ToHashSet();
        return input.Object.Maps.Where(map => names.Contains(map.Name));
    }

    /// <summary>Where an object's part of a section begins; null when the object has no such section of data.</summary>
    public int? StartOf(LinkInput input, string section) => sectionStarts.TryGetValue((input, section), out int start) ? start : null;

    public string FunctionName(LinkInput input, string name) => functions.GetValueOrDefault((input, name), name);

    public string MapName(LinkInput input, string name) => maps.GetValueOrDefault((input, name), name);

    public string VariableName(LinkInput input, string name) => variables.GetValueOrDefault((input, name), name);

    private void Append(string name, LinkInput input, MapSpec section, DiagnosticBag diagnostics)
    {
        long alignment = input.AlignmentOf(section.Name);
        long start = (sectionSizes.GetValueOrDefault(section.Name) + alignment - 1) / alignment * alignment;
        if (start + section.ValueSize > int.MaxValue)
        {
            diagnostics.Error(ObjectDiagnosticId.BadLink, default, $"cannot link {name}: section '{section.Name}' takes more than 2 GiB");
            return;
        }
        sectionStarts.Add((input, section.Name), (int)start);
        sectionSizes[section.Name] = (int)start + section.ValueSize;
    }

    // A variable of the configuration is the same in all objects.
    private ImmutableArray<KernelVariable> Merge(string name, DiagnosticBag diagnostics)
    {
        var merged = new Dictionary<string, KernelVariable>(StringComparer.Ordinal);
        foreach ((LinkInput input, KernelVariable variable) in inputs.SelectMany(input => input.Object.KernelVariables.Select(variable => (input, variable))))
        {
            if (!merged.TryGetValue(variable.Name, out KernelVariable? other))
                merged.Add(variable.Name, variable);
            else if ((other.Size, other.Kind, other.IsSigned) != (variable.Size, variable.Kind, variable.IsSigned))
                diagnostics.Error(ObjectDiagnosticId.BadLink, default, $"cannot link {name}: '{variable.Name}' is of another type in {input.Name} than in an object before it");
            else
                merged[variable.Name] = other with { IsWeak = other.IsWeak && variable.IsWeak };
        }
        return ConfigurationLayout.Arrange(merged.Values) ?? [];
    }

    // What is shared keeps its name.
    private void Name(Dictionary<(LinkInput, string), string> names, Func<LinkInput, IEnumerable<string>> all)
    {
        var taken = new UniqueNames();
        foreach ((LinkInput input, string name) in inputs.SelectMany(input => all(input).Select(name => (input, name)))
            .OrderBy(item => !(item.input.IsGlobal(item.name) && symbols.Find(item.name)?.Input == item.input)))
            names.Add((input, name), taken.Take(name));
    }
}
