using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

// Functions on maps.
internal sealed partial class ProbeBinder
{
    private BoundExpression MapCall(CallSyntax call, MapSyntax map, BuiltinFunction function, params ReadOnlySpan<BoundExpression> others)
    {
        MapState state = script.Map(map);
        if (state.Value.Type is null)
        {
            NeverAssigned(map);
            return Unknown(call.Span);
        }
        ScriptType type = function == BuiltinFunction.Len ? ScriptType.Int64 : ScriptType.None;
        return new BoundCall(call.Span, type, function, [new BoundMap(map.Span, state.Symbol), .. others]);
    }

    private MapSyntax? AsMap(CallSyntax call)
    {
        if (call.Arguments[0] is MapSyntax map)
            return map;
        Error(BindErrorId.WrongArguments, call.Arguments[0].Span, $"'{call.Name.Text}' takes a map as a whole", "a map as a whole is written without keys, '@name'");
        return null;
    }

    internal BoundExpression BindClear(CallSyntax call, BuiltinFunction function)
    {
        if (AsMap(call) is not { } map)
            return Unknown(call.Span);
        script.Map(map).IsCleared = true;
        return MapCall(call, map, function);
    }

    // What goes through a map's entries in the kernel does so by a callback.
    private void RequireMapWalk(SourceSpan span) => Require(KernelFeature.ForEachMapElement, span, "go through a map");

    private void Require(KernelFeature feature, SourceSpan span, string purpose)
    {
        if (!script.Facts.Has(feature))
            Error(BindErrorId.NotSupported, span, $"this kernel cannot {purpose} in a program: that needs {feature.Description}, which Linux {feature.Since} brought");
    }

    internal BoundExpression BindLength(CallSyntax call)
    {
        if (call.Arguments[0] is MapSyntax map)
        {
            RequireMapWalk(map.Span);
            return MapCall(call, map, BuiltinFunction.Len);
        }
        BoundExpression value = BindValue(call.Arguments[0]);
        return value.Type is StackType ? NotSupported(call.Span, "the length of a stack is")
            : IsUnknown(value) ? value
            : Fail(BindErrorId.WrongArguments, call.Arguments[0].Span, $"'len' takes a map, not {value.Type}", "'strlen' gives the length of a text");
    }

    /// <summary><c>delete(@m, key)</c>, <c>delete(@m)</c> of a map without keys, and the old <c>delete(@m[key])</c>.</summary>
    internal BoundExpression BindEntryFunction(CallSyntax call, BuiltinFunction function)
    {
        BoundExpression element;
        switch (call.Arguments)
        {
            case [MapSyntax map, var key]:
                MapState state = script.Map(map);
                BoundExpression bound = BindValue(key);
                if (IsUnknown(bound))
                    return Unknown(call.Span);
                element = AsElement(new Entry(state, UseKey(map, bound, call.Span), map.Span.To(key.Span)));
                break;
            case [MapSyntax] when function == BuiltinFunction.HasKey:
                return Fail(BindErrorId.WrongArguments, call.Span, "'has_key' wants to know which key", "as in 'has_key(@m, tid)'");
            case [MapSyntax or IndexSyntax { Target: MapSyntax }]:
                element = BindElement(call.Arguments[0]);
                break;
            default:
                return Fail(BindErrorId.WrongArguments, call.Arguments[0].Span, $"'{call.Name.Text}' takes a map and a key", $"as in '{call.Name.Text}(@m, tid)'");
        }
        return IsUnknown(element) ? element : new BoundCall(call.Span, ScriptType.Boolean, function, [element]);
    }
}
