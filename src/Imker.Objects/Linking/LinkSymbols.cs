using Imker.Btf;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Finds of each shared symbol the one definition that counts: one that is not weak, else the first.</summary>
internal sealed class LinkSymbols
{
    private readonly Dictionary<string, LinkSymbol> definitions = new(StringComparer.Ordinal);
    private readonly DiagnosticBag diagnostics;
    private readonly string name;

    private LinkSymbols(string name, DiagnosticBag diagnostics)
    {
        this.name = name;
        this.diagnostics = diagnostics;
    }

    /// <summary>The symbols of all objects; conflicts and what is defined nowhere are among the diagnostics.</summary>
    public static LinkSymbols Of(string name, IReadOnlyList<LinkInput> inputs, DiagnosticBag diagnostics)
    {
        var symbols = new LinkSymbols(name, diagnostics);
        foreach (LinkInput input in inputs)
            symbols.Define(input);
        foreach (LinkInput input in inputs)
            symbols.Resolve(input);
        return symbols;
    }

    /// <summary>The definition that counts; null when there is none.</summary>
    public LinkSymbol? Find(string symbol) => definitions.GetValueOrDefault(symbol);

    /// <summary>Whether an object's definition gives way to another one's.</summary>
    public bool IsReplaced(LinkInput input, string symbol) => input.IsGlobal(symbol) && Find(symbol) is { } found && found.Input != input;

    private void Define(LinkInput input)
    {
        BpfObject of = input.Object;
        foreach (FunctionSpec function in of.Functions.Where(function => input.IsGlobal(function.Name)))
            Define(new LinkSymbol(input, LinkSymbolKind.Function, function.Name, function.IsWeak));
        foreach (ProgramSpec program in of.Programs)
            Define(new LinkSymbol(input, LinkSymbolKind.Program, program.Name, program.Entry.IsWeak));
        foreach (GlobalVariable variable in of.Variables.Where(variable => !variable.IsStatic))
            Define(new LinkSymbol(input, LinkSymbolKind.Variable, variable.Name, variable.IsWeak));
        var sections = DataSectionReader.SectionsOf(input.File).Select(section => section.Name).ToHashSet();
        foreach (MapSpec map in of.Maps.Where(map => !sections.Contains(map.Name) && map.Name != FileNames.ConfigurationSection && input.IsGlobal(map.Name)))
            Define(new LinkSymbol(input, LinkSymbolKind.Map, map.Name, IsWeak: false));
    }

    private void Define(LinkSymbol symbol)
    {
        if (!definitions.TryGetValue(symbol.Name, out LinkSymbol? other))
            definitions.Add(symbol.Name, symbol);
        else if (!symbol.IsWeak && !other.IsWeak)
            Report($"'{symbol.Name}' is defined in {other.Input.Name} and in {symbol.Input.Name}", "make one of them static or __weak");
        else if (symbol.Kind != other.Kind)
            Report($"'{symbol.Name}' is a {Word(other.Kind)} in {other.Input.Name} and a {Word(symbol.Kind)} in {symbol.Input.Name}");
        else if (!symbol.IsWeak)
            definitions[symbol.Name] = symbol;
    }

    private void Resolve(LinkInput input)
    {
        foreach ((ObjectSymbol symbol, BtfType declaration) in input.Undefined.All)
        {
            if (Find(symbol.Name) is not { } found)
                Report($"'{symbol.Name}', which {input.Name} declares, is defined nowhere", "link the object that defines it, too");
            else if (DifferenceOf(input, declaration, found) is { } difference)
                Report($"'{symbol.Name}' {difference}");
        }
    }

    private string? DifferenceOf(LinkInput input, BtfType declaration, LinkSymbol found)
    {
        string places = $"in {input.Name}, which declares it, and {{0}} in {found.Input.Name}, which defines it";
        switch (found.Kind)
        {
            case LinkSymbolKind.Function when declaration.Kind == BtfKind.Function:
                int declared = declaration.Target.Count, defined = ParameterCountOf(found) ?? declared;
                return declared == defined ? null : $"has {declared} parameters {string.Format(null, places, defined)}";
            case LinkSymbolKind.Variable when declaration.Kind == BtfKind.Variable:
                ulong size = declaration.Owner.TryGetSize(declaration, out ulong known) ? known : (ulong)found.Variable.Size;
                // An array without length takes any.
                return size == 0 || size == (ulong)found.Variable.Size ? null : $"has {size} bytes {string.Format(null, places, found.Variable.Size)}";
            case LinkSymbolKind.Map when declaration.Kind == BtfKind.Variable:
                MapSpec map = MapDefinitions.ReadDeclaration(input.File, declaration, diagnostics), own = found.Map;
                return (map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Flags) == (own.Type, own.KeySize, own.ValueSize, own.MaxEntries, own.Flags)
                    ? null
                    : $"is another map in {input.Name}, which declares it, than in {found.Input.Name}, which defines it";
            default:
                return $"is a {declaration.Kind.ToString().ToLowerInvariant()} in {input.Name}, which declares it, and a {Word(found.Kind)} in {found.Input.Name}";
        }
    }

    private static int? ParameterCountOf(LinkSymbol found) => found.Input.Types is { } types && found.Function.BtfTypeId is > 0 and var id && id < types.Count
        && types[id].Kind == BtfKind.Function ? types[id].Target.Count : null;

    private static string Word(LinkSymbolKind kind) => kind.ToString().ToLowerInvariant();

    private void Report(string problem, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(ObjectDiagnosticId.BadLink, default, $"cannot link {name}: {problem}", hints);
}
