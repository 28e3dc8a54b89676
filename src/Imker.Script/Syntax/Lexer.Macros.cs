using Imker.Diagnostics;

namespace Imker.Script.Syntax;

internal sealed partial class Lexer
{
    // Doubling macros (#define A B B, #define B C C, …) grow without bound; no script needs this much.
    private const int MaxExpansions = 100_000;

    private readonly Dictionary<string, Definition> definitions = new(StringComparer.Ordinal)
    {
        ["BPFTRACE_HAVE_BTF"] = new Definition(-1, -1),
    };

    private Expansion? expansion;
    private int expansions;

    /// <summary>Where a macro's replacement stands in the script; a predefined one has none and replaces nothing.</summary>
    private sealed record Definition(int Start, int End)
    {
        public bool IsActive { get; set; }
    }

    /// <summary>A macro being replaced, and the place to go on from afterwards.</summary>
    private sealed record Expansion(Definition Definition, int UseStart, int UseLength, Expansion? Outer, int ReturnPosition, int ReturnEnd);

    private bool TryExpand(Token name)
    {
        if (definitions.Count == 1 ||
            !definitions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(TextOf(name), out Definition? definition) ||
            definition.Start < 0 || definition.IsActive)
            return false;
        if (++expansions > MaxExpansions)
        {
            diagnostics.Error(SyntaxErrorId.BadDirective, source.Span(name.Start, name.End),
                $"the macros of this script expand more than {MaxExpansions:N0} times");
            return false;
        }
        (int useStart, int useLength) = expansion is null ? (name.Start, name.Length) : (expansion.UseStart, expansion.UseLength);
        expansion = new Expansion(definition, useStart, useLength, expansion, position, end);
        definition.IsActive = true;
        (position, end) = (definition.Start, definition.End);
        return true;
    }

    private void LeaveExpansion()
    {
        Expansion left = expansion!;
        left.Definition.IsActive = false;
        (position, end, expansion) = (left.ReturnPosition, left.ReturnEnd, left.Outer);
    }

    private ReadOnlySpan<char> TextOf(Token token) => text.AsSpan(token.TextStart, token.TextLength);
}
