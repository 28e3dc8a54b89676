using Imker.Diagnostics;
using Imker.Script.Bound;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

/// <summary>A scratch variable, and what is known of it while the script is bound.</summary>
internal sealed class VariableState(VariableSymbol symbol, SourceSpan span)
{
    public VariableSymbol Symbol { get; } = symbol;

    public SourceSpan Span { get; } = span;

    public TypeCell Type { get; } = new();
}

/// <summary>The variables of a block.</summary>
internal sealed class Scope(Scope? parent, BlockSyntax? block)
{
    public Dictionary<string, VariableState> Variables { get; } = new(StringComparer.Ordinal);

    public Scope? Parent { get; } = parent;

    public BlockSyntax? Block { get; } = block;

    /// <summary>Names that blocks inside of this one, closed by now, have set without declaring them.</summary>
    public HashSet<string> SetInside { get; } = new(StringComparer.Ordinal);

    /// <summary>Variables from outside that the body of the loop over a map uses; null when this is no such body.</summary>
    public List<VariableSymbol>? Captured { get; init; }
}
