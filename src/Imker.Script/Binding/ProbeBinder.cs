using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using ProbeKind = Imker.Script.Bound.ProbeKind;

namespace Imker.Script.Binding;

/// <summary>
/// Binds one program in one round of inference. The parts: statements, variables, maps, expressions, operators, access, names,
/// calls and the functions they call.
/// </summary>
internal sealed partial class ProbeBinder(ProbeInstance probe, ScriptState script, TypeBinder types, DiagnosticBag diagnostics)
{
    private ITargetFacts Facts => script.Facts;

    private ScriptConfig Config => script.Config;

    private TracepointFormat? Format => probe.Points[0].Format;

    public BoundProbe Bind()
    {
        BoundExpression? predicate = probe.Syntax.Predicate is { } condition ? BindCondition(condition, "the predicate") : null;
        BoundBlock body = BindBlock(probe.Syntax.Body);
        return new BoundProbe
        {
            Name = probe.Name,
            Kind = probe.Kind,
            AttachPoints = [.. probe.Points.Zip(probe.Cookies, Attach)],
            Format = probe.UsedFields.Count > 0 ? Format : null,
            Predicate = OnlyTraced(predicate),
            Body = body,
            DefaultSpace = probe.Kind is ProbeKind.Uprobe or ProbeKind.Uretprobe ? AddressSpace.User : AddressSpace.Unknown,
            Span = probe.Syntax.Span,
        };
    }

    /// <summary>
    /// With a process given, probes that the kernel cannot tie to it ask for its id first. Uprobes are attached to it; a timer of
    /// intervals and the begin and end of the run belong to nobody.
    /// </summary>
    private BoundExpression? OnlyTraced(BoundExpression? predicate)
    {
        if (script.Options.ProcessId is not { } processId
            || probe.Kind is not (ProbeKind.Tracepoint or ProbeKind.RawTracepoint or ProbeKind.Profile))
            return predicate;
        SourceSpan span = probe.Syntax.Span;
        var isTraced = new BoundBinary(span, ScriptType.Boolean, BinaryOperation.Equal,
            new BoundBuiltin(span, ScriptType.UInt32, BuiltinVariable.Pid), new BoundInteger(span, ScriptType.UInt32, processId));
        return predicate is null
            ? isTraced
            : new BoundBinary(span, ScriptType.Boolean, BinaryOperation.LogicalAnd, isTraced, predicate);
    }

    private BoundAttachPoint Attach(ResolvedPoint point, int cookie)
    {
        AttachSpec attach = point.Attach with { Program = probe.Name, DisplayName = point.Name, Cookie = (ulong)cookie };
        if (attach is UprobeAttach uprobe)
            attach = uprobe with { Targets = [.. uprobe.Targets.Select(target => target with { Cookie = (ulong)cookie })] };
        return new BoundAttachPoint(point.Name, point.Function, attach);
    }

    private void Error(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(id, span, message, hints);

    private BoundExpression Fail(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints)
    {
        diagnostics.Error(id, span, message, hints);
        return Unknown(span);
    }

    // The nearest name is dear to find; nobody sees it behind the last error that is told.
    private string Suggestion(string name, IEnumerable<string> candidates) =>
        diagnostics.ErrorCount < DiagnosticBag.MaxErrors ? Spelling.Suggestion(name, candidates) : "";

    private BoundExpression NotSupported(SourceSpan span, string what) =>
        Fail(BindErrorId.NotSupported, span, $"{what} not supported yet in this version");

    private static BoundInteger Unknown(SourceSpan span) => new(span, ErrorType.Instance, 0);

    private static bool IsUnknown(BoundExpression expression) => expression.Type is ErrorType;

    private static BoundInteger Number(SourceSpan span, long value) => new(span, ScriptType.Int64, value);

    /// <summary>A constant that takes the sign of what it meets.</summary>
    private static bool IsFlexible(BoundExpression expression) => expression is BoundInteger { Type: IntegerType, Value: >= 0 };

    private static bool IsText(BoundExpression expression) => expression.Type is StringType;

    /// <summary>The same value in another type; texts change their capacity where they are stored, not here.</summary>
    private static BoundExpression Convert(BoundExpression expression, ScriptType type)
    {
        if (expression.Type == type || IsUnknown(expression) || type is ErrorType or StringType or BufferType)
            return expression;
        switch (expression)
        {
            case BoundInteger integer when type is IntegerType or BooleanType or EnumType or PointerType:
                return integer with { Type = type, Value = ConstantFolding.Truncate(integer.Value, type) };
            case BoundTuple tuple when type is TupleType target:
                return new BoundTuple(tuple.Span, [.. tuple.Elements.Select((element, i) => Convert(element, target.Elements[i]))]);
            case { Type: TupleType source } when type is TupleType target:
                return new BoundTuple(expression.Span, [.. target.Elements.Select((element, i) =>
                    Convert(new BoundTupleElement(expression.Span, source.Elements[i], expression, i), element))]);
            case BoundTernary ternary when !type.IsScalar:
                return ternary with { Type = type, IfTrue = Convert(ternary.IfTrue, type), IfFalse = Convert(ternary.IfFalse, type) };
            default:
                return new BoundConversion(expression.Span, type, expression);
        }
    }

    private static bool IsNumber(ScriptType type) => type is IntegerType or BooleanType or EnumType or ErrorType;

    private static bool IsNumberOrPointer(ScriptType type) => IsNumber(type) || type is PointerType;

    /// <summary>A 64-bit integer with the sign of the expression.</summary>
    private static BoundExpression ToInteger(BoundExpression expression) =>
        IsUnknown(expression) ? expression : Convert(expression, TypeJoin.Widen(TypeJoin.IntegerOf(expression.Type)));
}
