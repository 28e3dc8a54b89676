namespace Imker.Objects;

/// <summary>What a symbol that several objects share is.</summary>
internal enum LinkSymbolKind
{
    Function,
    Program,
    Variable,
    Map,
}

/// <summary>The definition of a symbol that several objects share.</summary>
/// <param name="Input">The object that defines it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name there.</param>
/// <param name="IsWeak">It gives way to a definition that is not.</param>
internal sealed record LinkSymbol(LinkInput Input, LinkSymbolKind Kind, string Name, bool IsWeak)
{
    public FunctionSpec Function => Input.Object.FindFunction(Name)!;

    public GlobalVariable Variable => Input.Object.Variables.First(variable => variable.Name == Name);

    public MapSpec Map => Input.Object.FindMap(Name)!;
}
