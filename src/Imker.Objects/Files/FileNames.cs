using System.Collections.Immutable;
using System.Text;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// What programs, functions, maps and variables are called in a file: the kernel's BTF takes C identifiers only, and one name space
/// holds them all. Kernel symbols come first, for their names must stay.
/// </summary>
internal sealed class FileNames
{
    public const string TextSection = ".text";
    public const string MapsSection = ".maps";
    public const string KernelSymbolsSection = ".ksyms";
    public const string ConfigurationSection = ".kconfig";
    public const string LicenseSection = "license";
    public const string ModelSection = ".imker";

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> takenSections = new(StringComparer.Ordinal);

    public FileNames(BpfObject of)
    {
        ImmutableHashSet<string> sections = DataSections.Of(of);
        DataSectionMaps = of.Maps.Where(map => sections.Contains(map.Name) && !IsConfiguration(of, map)).ToDictionary(map => map.Name, NewSection);
        taken.UnionWith(of.KernelVariables.Select(variable => variable.Name));
        KernelSymbols = DataSections.AllCode(of).SelectMany(function => function.Instructions).Select(instruction => instruction.Reference)
            .Where(reference => reference is KfuncReference or KernelSymbolReference).Distinct().Where(reference => reference is not KernelSymbolReference symbol || FunctionAsked(of, symbol) is null)
            .ToDictionary(reference => reference!, reference => NewSymbol(KernelNameOf(reference!)));
        Programs = of.Programs.ToDictionary(program => program.Name, program => NewSymbol(program.Name));
        Functions = of.Functions.ToDictionary(function => function.Name, function => NewSymbol(function.Name));
        Maps = of.Maps.Where(map => !DataSectionMaps.ContainsKey(map.Name) && map.StructOps is null && !IsConfiguration(of, map))
            .ToDictionary(map => map.Name, map => NewSymbol(map.Name));
        Tables = of.Maps.Where(map => map.StructOps is not null).ToDictionary(map => map, map => NewSymbol(map.Name));
        var described = of.Maps.Where(map => map.BtfValueTypeId != 0).Select(map => map.Name).ToHashSet();
        Variables = of.Variables.ToDictionary(variable => variable.Name, variable =>
            described.Contains(variable.Map) && taken.Add(variable.Name) ? variable.Name : NewSymbol(variable.Name));
        // A section without variables is told to tools as one variable.
        var withVariables = of.Variables.Select(variable => variable.Map).ToHashSet();
        WholeSections = DataSectionMaps.Keys.Where(map => !withVariables.Contains(map)).ToDictionary(map => map, NewSymbol);
    }

    public Dictionary<string, string> Programs { get; }

    public Dictionary<string, string> Functions { get; }

    /// <summary>Symbols of the maps in <c>.maps</c>.</summary>
    public Dictionary<string, string> Maps { get; }

    /// <summary>Symbols of the tables of functions in <c>.struct_ops</c>.</summary>
    public Dictionary<MapSpec, string> Tables { get; }

    /// <summary>Sections of the maps that hold global data.</summary>
    public Dictionary<string, string> DataSectionMaps { get; }

    public Dictionary<string, string> Variables { get; }

    public Dictionary<string, string> WholeSections { get; }

    public Dictionary<Reference, string> KernelSymbols { get; }

    /// <summary>The name of a kernel symbol or function.</summary>
    public static string KernelNameOf(Reference reference) => reference switch
    {
        KfuncReference function => function.Name,
        KernelSymbolReference symbol => symbol.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "This is nothing of the kernel's."),
    };

    /// <summary>A name with everything that no C identifier has replaced.</summary>
    private static string Identifier(string name)
    {
        var identifier = new StringBuilder(name.Length + 1);
        foreach (char c in name)
            identifier.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        if (identifier.Length == 0 || char.IsAsciiDigit(identifier[0]))
            identifier.Insert(0, '_');
        return identifier.ToString();
    }

    /// <summary>The kernel's function whose address a typed symbol is: both have the one symbol in the file. Null when it is a variable.</summary>
    public KfuncReference? FunctionAsked(KernelSymbolReference symbol) => FunctionAsked(KernelSymbols.Keys, symbol);

    private static KfuncReference? FunctionAsked(BpfObject of, KernelSymbolReference symbol) => FunctionAsked(
        DataSections.AllCode(of).SelectMany(function => function.Instructions).Select(instruction => instruction.Reference).OfType<KfuncReference>(), symbol);

    private static KfuncReference? FunctionAsked(IEnumerable<Reference> references, KernelSymbolReference symbol) => !symbol.IsTyped ? null
        : references.OfType<KfuncReference>().FirstOrDefault(function => function.Name == symbol.Name && function.IsWeak == symbol.IsWeak);

    private static bool IsConfiguration(BpfObject of, MapSpec map) => map.Name == ConfigurationSection && !of.KernelVariables.IsEmpty;

    private string NewSymbol(string name) => Free(Identifier(name), taken);

    // libbpf makes maps of the sections whose names begin so. Old releases take no .bss but the one.
    private string NewSection(MapSpec map)
    {
        string kind = map.IsReadOnlyData ? ".rodata" : map.Name == ".bss" && map.Contents.IsEmpty ? ".bss" : ".data";
        string own = map.Name.StartsWith(kind, StringComparison.Ordinal) ? map.Name[kind.Length..] : "." + Identifier(map.Name);
        bool isPlain = own.Length == 0 || own[0] == '.' && own[1..] == Identifier(own[1..]);
        return Free(kind + (isPlain ? own : "." + Identifier(own)), takenSections);
    }

    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }
}
