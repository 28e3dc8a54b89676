using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using ProbeKind = Imker.Script.Bound.ProbeKind;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    private int mapLoops;

    /// <summary>
    /// The context of the probe does not reach into the body of a loop over a map: there a function of its own is called by the
    /// kernel.
    /// </summary>
    private bool HasContext(SourceSpan span, string what)
    {
        if (mapLoops == 0)
            return true;
        Error(BindErrorId.NotAvailableHere, span, $"{what} cannot be read inside of a loop over a map", "keep it in a variable before the loop");
        return false;
    }

    private BoundExpression BindMember(MemberSyntax member)
    {
        if (member.Target is IdentifierSyntax { Name: "args" } or CallSyntax { Name.Text: "args", Arguments.IsEmpty: true })
            return BindArgument(member);
        BoundExpression target = BindValue(member.Target);
        if (IsUnknown(target))
            return target;
        ScriptType owner = target.Type is PointerType pointer ? pointer.Target : target.Type;
        if (FindField(owner, member.Member) is not { } field)
            return Unknown(member.Span);
        AddressSpace space = target.Type is PointerType { Space: var known } ? known : AddressSpace.Unknown;
        return new BoundField(member.Span, target, field with { Type = InSpace(field.Type, space) });
    }

    /// <summary>A pointer read from memory points into the same memory.</summary>
    private static ScriptType InSpace(ScriptType type, AddressSpace space) =>
        type is PointerType { Space: AddressSpace.Unknown } pointer ? pointer with { Space = space } : type;

    private StructField? FindField(ScriptType owner, NameSyntax name)
    {
        if (owner is not StructType structure)
        {
            Error(BindErrorId.TypeMismatch, name.Span, $"{owner} has no fields",
                owner is IntegerType or NoneType ? "cast it to a pointer to a structure, as in '((struct sock *)arg0).field'" : "only structures have");
            return null;
        }
        if (structure.Layout.Find(name.Text) is { } field)
            return field with { Type = types.Complete(field.Type) };
        Error(BindErrorId.UnknownField, name.Span, $"{structure} has no field '{Lexer.Shorten(name.Text)}'" +
            Suggestion(name.Text, structure.Layout.Fields.Select(candidate => candidate.Name)));
        return null;
    }

    /// <summary><c>args.field</c></summary>
    private BoundExpression BindArgument(MemberSyntax member)
    {
        if (Format is not { } format)
        {
            string hint = probe.Kind is ProbeKind.Uprobe or ProbeKind.RawTracepoint ? "arguments are 'arg0', 'arg1', …" : "only tracepoints have 'args'";
            return Fail(BindErrorId.NotAvailableHere, member.Target.Span, $"'args' cannot be read in a probe of this type ({probe.Kind.ToString().ToLowerInvariant()})", hint);
        }
        if (!HasContext(member.Span, "'args'"))
            return Unknown(member.Span);
        probe.UsedFields.Add(member.Member.Text);
        if (format.Find(member.Member.Text) is not { } field)
        {
            return Fail(BindErrorId.UnknownField, member.Member.Span,
                $"the tracepoint {format.Category}:{format.Event} has no field '{Lexer.Shorten(member.Member.Text)}'" +
                Suggestion(member.Member.Text, format.Fields.Select(candidate => candidate.Name)));
        }
        ScriptType type = TracepointTypes.Of(format, field, Config.MaxStringLength, words => types.FindWords(words, diagnostics));
        return new BoundTracepointField(member.Span, type, field);
    }

    private BoundExpression BindTupleElement(SourceSpan span, BoundExpression tuple, long index)
    {
        if (IsUnknown(tuple))
            return tuple;
        if (tuple.Type is not TupleType type)
            return Fail(BindErrorId.TypeMismatch, span, $"{tuple.Type} is no tuple");
        if (index < 0 || index >= type.Elements.Length)
            return Fail(BindErrorId.OutOfRange, span, $"the tuple has {type.Elements.Length} elements, .0 to .{type.Elements.Length - 1}");
        return tuple is BoundTuple known
            ? known.Elements[(int)index]
            : new BoundTupleElement(span, type.Elements[(int)index], tuple, (int)index);
    }

    private BoundExpression BindIndex(IndexSyntax index)
    {
        if (index.Target is MapSyntax)
            return ReadEntry(BindEntry(index));
        BoundExpression target = BindValue(index.Target), place = BindInteger(index.Arguments[0], "an index");
        if (index.Arguments.Length > 1)
            return Fail(BindErrorId.WrongArguments, index.Span, "expected one index", "several keys belong to a map");
        if (IsUnknown(target) || IsUnknown(place))
            return Unknown(index.Span);
        switch (target.Type)
        {
            case TupleType when place is BoundInteger constant:
                return BindTupleElement(index.Span, target, constant.Value);
            case TupleType:
                return Fail(BindErrorId.NotConstant, index.Arguments[0].Span, "the index of a tuple must be known when the script is compiled");
            case ArrayType array:
                if (place is BoundInteger element && array.Count > 0 && (element.Value < 0 || element.Value >= array.Count))
                    return Fail(BindErrorId.OutOfRange, index.Arguments[0].Span, $"the array has {array.Count} elements, 0 to {array.Count - 1}");
                return new BoundIndex(index.Span, array.Element, target, Convert(place, ScriptType.Int64));
            case PointerType { Target: not NoneType } pointer:
                return new BoundIndex(index.Span, InSpace(pointer.Target, pointer.Space), target, Convert(place, ScriptType.Int64));
            default:
                return Fail(BindErrorId.TypeMismatch, index.Span, $"{target.Type} has no elements");
        }
    }
}
