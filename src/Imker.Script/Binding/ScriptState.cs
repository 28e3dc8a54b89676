using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>A map, and what is known of it while the script is bound.</summary>
internal sealed class MapState(MapSymbol symbol)
{
    public MapSymbol Symbol { get; } = symbol;

    public TypeCell Key { get; } = new();

    public TypeCell Value { get; } = new();

    /// <summary>Whether it is used with a key; null while nothing tells.</summary>
    public bool? HasKey { get; set; }

    public bool IsPrinted { get; set; }

    public bool IsCleared { get; set; }
}

/// <summary>What the probes of a script share while it is bound, through all rounds of inference.</summary>
internal sealed class ScriptState(ScriptSyntax syntax, ITargetFacts facts, BinderOptions options, ScriptConfig config)
{
    private readonly Dictionary<string, MapState> byName = new(StringComparer.Ordinal);
    private readonly List<MapState> maps = [];

    public ScriptSyntax Syntax { get; } = syntax;

    public ITargetFacts Facts { get; } = facts;

    public BinderOptions Options { get; } = options;

    public ScriptConfig Config { get; } = config;

    public IReadOnlyList<MapState> Maps => maps;

    /// <summary>The names of all attach points in the order of their cookies.</summary>
    public NameIndexType ProbeNames { get; set; } = new([]);

    /// <summary>The traced functions, at the places of their attach points.</summary>
    public NameIndexType FunctionNames { get; set; } = new([]);

    /// <summary>A type grew in this round: another round is needed.</summary>
    public bool Changed { get; set; }

    /// <summary>Some probe sends text or values.</summary>
    public bool SendsData { get; set; }

    public MapState Map(MapSyntax map)
    {
        if (byName.TryGetValue(map.Name, out MapState? state))
            return state;
        state = new MapState(new MapSymbol(map.Name) { Span = map.Span });
        byName.Add(map.Name, state);
        maps.Add(state);
        return state;
    }

    /// <summary>The text of a positional parameter; null when it was not given.</summary>
    public string? Parameter(int number) => number <= Options.Parameters.Length ? Options.Parameters[number - 1] : null;
}
