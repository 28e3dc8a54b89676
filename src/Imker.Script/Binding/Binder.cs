using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>
/// Gives a parsed script its meaning on a target: resolves names and attach points, infers types, checks calls and formats.
/// Types of maps and variables depend on each other across probes; the script is bound again until none grows any more, and
/// only the last round's findings are told.
/// </summary>
public static class Binder
{
    // One round for each link of the longest chain of maps that get their types from maps set further down; scripts have a few.
    private const int MaxRounds = 200;

    // BPF keys on the stack of older kernels' maps.
    private const int SmallKey = 512;

    /// <returns>The program, or null when there are errors.</returns>
    public static BoundProgram? Bind(ScriptSyntax script, ITargetFacts facts, BinderOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        RejectUnsupported(script, diagnostics);
        var configuration = new ConfigBinder(diagnostics);
        ScriptConfig config = configuration.Bind(script.Config, options.Environment);
        var state = new ScriptState(script, facts, options, config);
        var types = new TypeBinder(script, facts, config.MaxStringLength);
        types.Define(diagnostics);
        DeclareMaps(state, diagnostics);

        var resolver = new ProbeResolver(facts, options, config, configuration.SaysMissingProbes, diagnostics);
        ImmutableArray<ResolvedProbe> resolved = [.. script.Probes.SelectMany(probe => resolver.Resolve(probe))];
        if (script.Probes.IsEmpty && !diagnostics.HasErrors)
            diagnostics.Error(BindErrorId.NoSuchProbe, script.Span with { Length = 0 }, "the script has no probe", "as in 'BEGIN { print(1); }'");
        NameProbes(state, resolved);
        ImmutableArray<ProbeInstance> instances = ProbeInstance.Divide(resolved, state, types);
        ImmutableArray<BoundProbe> probes = Infer(state, instances, types, diagnostics);
        CheckMaps(state, diagnostics);
        return diagnostics.HasErrors
            ? null
            : new BoundProgram(probes, FinishMaps(state), config) { SendsData = state.SendsData };
    }

    private static void RejectUnsupported(ScriptSyntax script, DiagnosticBag diagnostics)
    {
        foreach (MacroSyntax macro in script.Macros)
            diagnostics.Error(BindErrorId.NotSupported, macro.Name.Span, "macros are not supported yet in this version");
        foreach (ImportSyntax import in script.Imports)
            diagnostics.Error(BindErrorId.NotSupported, import.Span, "imports are not supported yet in this version");
    }

    private static void DeclareMaps(ScriptState state, DiagnosticBag diagnostics)
    {
        var kinds = new Dictionary<string, Bytecode.MapType>
        {
            ["hash"] = Bytecode.MapType.Hash,
            ["lruhash"] = Bytecode.MapType.LruHash,
            ["percpuhash"] = Bytecode.MapType.PerCpuHash,
            ["percpulruhash"] = Bytecode.MapType.LruPerCpuHash,
        };
        foreach (MapDeclarationSyntax declaration in state.Syntax.Maps)
        {
            MapSymbol map = state.Map(declaration.Map).Symbol;
            string kind = declaration.Type.Name.Text;
            if (map.DeclaredType is not null)
                diagnostics.Error(BindErrorId.VariableScope, declaration.Map.Span, $"'{map.Name}' is declared twice");
            if (!kinds.TryGetValue(kind, out Bytecode.MapType type))
            {
                diagnostics.Error(BindErrorId.UnknownType, declaration.Type.Name.Span,
                    $"there is no type of map '{Lexer.Shorten(kind)}'{Spelling.Suggestion(kind, kinds.Keys)}", $"there are {string.Join(", ", kinds.Keys)}");
                continue;
            }
            map.DeclaredType = type;
            if (declaration.Type.Arguments is [IntegerLiteralSyntax { Value: > 0 and <= int.MaxValue } entries])
                map.DeclaredEntries = (int)entries.Value;
            else
                diagnostics.Error(BindErrorId.WrongArguments, declaration.Type.Span, "expected how many entries the map holds", "as in 'hash(100)'");
        }
    }

    /// <summary>Numbers the attach points: the numbers are their cookies, and what <c>probe</c> and <c>func</c> give.</summary>
    private static void NameProbes(ScriptState state, ImmutableArray<ResolvedProbe> probes)
    {
        ResolvedPoint[] points = [.. probes.SelectMany(probe => probe.Points)];
        state.ProbeNames = new NameIndexType([.. points.Select(point => point.Name)]);
        state.FunctionNames = new NameIndexType([.. points.Select(point => point.Function ?? "")]);
    }

    private static ImmutableArray<BoundProbe> Infer(
        ScriptState state, ImmutableArray<ProbeInstance> instances, TypeBinder types, DiagnosticBag diagnostics)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            (state.Changed, state.SendsData) = (false, false);
            var findings = new DiagnosticBag();
            ImmutableArray<BoundProbe> probes = [.. instances.Select(instance => new ProbeBinder(instance, state, types, findings).Bind())];
            foreach (ProbeInstance instance in instances)
                state.Changed |= !state.Changed && instance.SettleUnassigned();
            if (state.Changed)
                continue;
            diagnostics.AddRange(findings);
            return probes;
        }
        diagnostics.Error(BindErrorId.TypeMismatch, state.Syntax.Span with { Length = 0 },
            "the types of too many maps and variables depend on each other", "declare variables with their types, as in 'let $x : uint64'");
        return [];
    }

    private static void CheckMaps(ScriptState state, DiagnosticBag diagnostics)
    {
        foreach (MapState map in state.Maps)
        {
            if (map.Value.Type is null && !diagnostics.HasErrors)
                diagnostics.Warning(BindErrorId.NeverAssigned, map.Symbol.Span, $"the map '{map.Symbol.Name}' is declared, but never given a value");
            if (map.Key.Type is { Size: > SmallKey } key && !state.Facts.Has(KernelFeature.LargeMapKeys))
            {
                diagnostics.Error(BindErrorId.OutOfRange, map.Key.Span,
                    $"the key of '{map.Symbol.Name}' has {key.Size:N0} bytes; this kernel takes {SmallKey}", "shorten the text, as in 'str(x, 64)'");
            }
        }
    }

    private static ImmutableArray<MapSymbol> FinishMaps(ScriptState state)
    {
        var finished = ImmutableArray.CreateBuilder<MapSymbol>(state.Maps.Count);
        foreach (MapState map in state.Maps)
        {
            if (map.Value.Type is not null)
                finished.Add(Finish(map));
        }
        return finished.DrainToImmutable();
    }

    private static MapSymbol Finish(MapState map)
    {
        map.Symbol.IsPrintedAndCleared = map.IsPrinted && map.IsCleared;
        return map.Symbol;
    }
}
