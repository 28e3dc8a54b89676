using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// The symbols that one object of several leaves to the others: its code refers to them by names that no function or map can have,
/// until the linker knows which they are.
/// </summary>
internal sealed class UndefinedSymbols
{
    private const char Mark = '\u0001';

    /// <summary>All of them, with their types.</summary>
    public List<(ObjectSymbol Symbol, BtfType Declaration)> All { get; } = [];

    /// <summary>What code refers to until then.</summary>
    public Reference Add(ObjectSymbol symbol, BtfType declaration, bool isMap)
    {
        All.Add((symbol, declaration));
        return declaration.Kind == BtfKind.Function
            ? new FunctionReference(Mark + symbol.Name)
            : new MapReference(Mark + symbol.Name, 0, ValueAddress: !isMap);
    }

    /// <summary>The symbol that a name stands for; null when it is a name like any other.</summary>
    public static string? SymbolOf(string name) => name.Length > 0 && name[0] == Mark ? name[1..] : null;
}
