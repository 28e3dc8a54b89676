using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    /// <summary>An entry of a map, to be read or written.</summary>
    private readonly record struct Entry(MapState Map, BoundExpression? Key, SourceSpan Span);

    private Entry BindEntry(ExpressionSyntax syntax) => syntax switch
    {
        MapSyntax map => new Entry(script.Map(map), NoKey(map), map.Span),
        IndexSyntax { Target: MapSyntax map } index => new Entry(script.Map(map), BindKey(map, index.Arguments, index.Span), index.Span),
        _ => throw new ArgumentException("Not an entry of a map.", nameof(syntax)),
    };

    private BoundExpression? NoKey(MapSyntax map)
    {
        MapState state = script.Map(map);
        if (state.HasKey == true)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, BindErrorId.TypeMismatch, map.Span, $"'{map.Name}' is used with keys elsewhere: which entry is meant?")
                .WithRelated(state.Key.Span, "a key was used here"));
        }
        script.Changed |= state.HasKey is null;
        state.HasKey ??= false;
        return null;
    }

    private BoundExpression BindKey(MapSyntax map, ImmutableArray<ExpressionSyntax> arguments, SourceSpan span)
    {
        ImmutableArray<BoundExpression> parts = [.. arguments.Select(BindValue)];
        return UseKey(map, parts.Length == 1 ? parts[0] : new BoundTuple(parts[0].Span.To(parts[^1].Span), parts), span);
    }

    /// <summary>Takes the type of a key into account, and converts the key to the type that the map's keys have.</summary>
    private BoundExpression UseKey(MapSyntax map, BoundExpression key, SourceSpan span)
    {
        MapState state = script.Map(map);
        if (state.HasKey == false)
        {
            Error(BindErrorId.TypeMismatch, span, $"'{map.Name}' is used without a key elsewhere");
            return Unknown(span);
        }
        script.Changed |= state.HasKey is null;
        state.HasKey = true;
        if (key.Type is TupleType tuple && tuple.Elements.Any(element => element is ErrorType))
            return Unknown(key.Span);
        if (!CanBeStored(key.Type))
            return Fail(BindErrorId.TypeMismatch, key.Span, $"{key.Type} cannot be a key");
        if (!state.Key.TryMerge(key.Type, IsFlexible(key), key.Span, out bool changed))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, BindErrorId.TypeMismatch, key.Span,
                    $"the keys of '{map.Name}' are {Shown(state.Key.Type!)}, not {Shown(key.Type)}")
                .WithRelated(state.Key.Span, $"a key of type {state.Key.Type} was used here"));
            return Unknown(key.Span);
        }
        script.Changed |= changed;
        state.Symbol.Key = state.Key.Type;
        return state.Key.Type is { } type ? Convert(key, type) : key;
    }

    private static bool CanBeStored(ScriptType type) => type is not (NoneType or AggregateType);

    /// <summary>The value of an entry; of one that gathers, its number.</summary>
    private BoundExpression ReadEntry(Entry entry)
    {
        if (entry.Map.Value.Type is not { } type)
        {
            NeverAssigned(entry.Map.Symbol.Name, entry.Span);
            return Unknown(entry.Span);
        }
        if (entry.Key is not null && IsUnknown(entry.Key))
            return Unknown(entry.Span);
        if (type is not AggregateType aggregate)
            return new BoundMapElement(entry.Span, type, entry.Map.Symbol, entry.Key);
        Require(KernelFeature.PerCpuLookup, entry.Span, "read what all processors have gathered");
        return NumberOf(aggregate) is { } number
            ? new BoundMapElement(entry.Span, number, entry.Map.Symbol, entry.Key)
            : Fail(BindErrorId.TypeMismatch, entry.Span, $"'{entry.Map.Symbol.Name}' holds {type}, which is no number", $"'print({entry.Map.Symbol.Name})' shows it");
    }

    private void NeverAssigned(MapSyntax map) => NeverAssigned(map.Name, map.Span);

    private void NeverAssigned(string name, SourceSpan span) =>
        Error(BindErrorId.NeverAssigned, span, $"the map '{Lexer.Shorten(name)}' is never given a value" +
            Suggestion(name, script.Maps.Where(map => map.Value.Type is not null).Select(map => map.Symbol.Name)));

    /// <summary>The type that an aggregate's number is read with; null when it has none.</summary>
    private static ScriptType? NumberOf(AggregateType aggregate) => aggregate.Kind switch
    {
        AggregateKind.Count => ScriptType.UInt64,
        AggregateKind.Sum or AggregateKind.Average or AggregateKind.Minimum or AggregateKind.Maximum =>
            IntegerType.Of(8, aggregate.IsSigned),
        _ => null,
    };

    /// <summary>An entry as argument of <c>delete</c> and <c>has_key</c>: its value does not matter.</summary>
    private BoundExpression BindElement(ExpressionSyntax syntax)
    {
        Entry entry = BindEntry(syntax);
        return AsElement(entry);
    }

    private BoundExpression AsElement(Entry entry)
    {
        if (entry.Map.Value.Type is not { } type)
        {
            NeverAssigned(entry.Map.Symbol.Name, entry.Span);
            return Unknown(entry.Span);
        }
        ScriptType shown = type is AggregateType aggregate ? NumberOf(aggregate) ?? ScriptType.Int64 : type;
        return entry.Key is not null && IsUnknown(entry.Key) ? Unknown(entry.Span) : new BoundMapElement(entry.Span, shown, entry.Map.Symbol, entry.Key);
    }

    private BoundStatement BindAssignMap(AssignmentSyntax assignment)
    {
        if (assignment.Operator is null && assignment.Value is CallSyntax call && FunctionTable.FindAggregate(call.Name.Text) is { } aggregate)
            return BindAggregate(assignment, call, aggregate);
        if (assignment.Target is IndexSyntax { Target: not MapSyntax })
            return Nothing(assignment.Span);
        Entry entry = BindEntry(assignment.Target);
        BoundExpression value = assignment.Operator is { } op
            ? Combine(assignment.Span, Operations.Of(op), assignment.Span, CurrentOf(entry), BindValue(assignment.Value))
            : BindValue(assignment.Value);
        if (entry.Map.Value.Type is AggregateType held && !IsUnknown(value))
        {
            Error(BindErrorId.TypeMismatch, assignment.Value.Span, $"'{entry.Map.Symbol.Name}' holds {held}: it is given values by that function alone");
            return Nothing(assignment.Span);
        }
        if (!MergeValue(entry.Map, value.Type, IsFlexible(value), assignment.Value.Span))
            return Nothing(assignment.Span);
        bool isWhole = !IsUnknown(value) && (entry.Key is null || !IsUnknown(entry.Key));
        return isWhole
            ? new BoundAssignMap(assignment.Span, entry.Map.Symbol, entry.Key, Convert(value, entry.Map.Symbol.Value))
            : Nothing(assignment.Span);
    }

    // '@x += 1' makes the entry when it is not there, from zero.
    private BoundExpression CurrentOf(Entry entry)
    {
        if (entry.Map.Value.Type is null)
            MergeValue(entry.Map, ScriptType.Int64, isFlexible: true, entry.Span);
        return ReadEntry(entry);
    }

    private bool MergeValue(MapState map, ScriptType type, bool isFlexible, SourceSpan span)
    {
        if (!CanBeStored(type) && type is not AggregateType)
        {
            Error(BindErrorId.TypeMismatch, span, $"a map cannot hold {type}");
            return false;
        }
        if (!map.Value.TryMerge(type, isFlexible, span, out bool changed))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, BindErrorId.TypeMismatch, span,
                    $"'{map.Symbol.Name}' holds {Shown(map.Value.Type!)} and cannot hold {Shown(type)}")
                .WithRelated(map.Value.Span, $"it was given {map.Value.Type} here"));
            return false;
        }
        script.Changed |= changed;
        if (map.Value.Type is { } known)
            map.Symbol.Value = known;
        return true;
    }

    /// <summary>A type in a message that sets it against another.</summary>
    private static string Shown(ScriptType type) => type switch
    {
        NameIndexType => "the name of a probe",
        AggregateType { Kind: AggregateKind.Log2Histogram } histogram => $"hist(…, {histogram.Bits})",
        AggregateType { Kind: AggregateKind.LinearHistogram } histogram => $"lhist(…, {histogram.Min}, {histogram.Max}, {histogram.Step})",
        TupleType tuple => $"({string.Join(", ", tuple.Elements.Select(Shown))})",
        _ => type.ToString(),
    };

    private BoundExpression BindMap(MapSyntax map) => ReadEntry(BindEntry(map));
}
