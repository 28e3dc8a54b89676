using System.Collections.Immutable;
using System.Text;
using Imker.Diagnostics;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    /// <summary>An expression whose value is wanted.</summary>
    private BoundExpression BindValue(ExpressionSyntax syntax)
    {
        BoundExpression expression = BindExpression(syntax);
        return expression.Type is NoneType
            ? Fail(BindErrorId.TypeMismatch, syntax.Span, "expected a value, but this gives none")
            : expression;
    }

    private BoundExpression BindExpression(ExpressionSyntax syntax) => syntax switch
    {
        IntegerLiteralSyntax literal => new BoundInteger(literal.Span, literal.Value > long.MaxValue ? ScriptType.UInt64 : ScriptType.Int64, unchecked((long)literal.Value)),
        StringLiteralSyntax literal => new BoundText(literal.Span, Encoding.Latin1.GetString(literal.Bytes.AsSpan())),
        BooleanLiteralSyntax literal => new BoundInteger(literal.Span, ScriptType.Boolean, literal.Value ? 1 : 0),
        IdentifierSyntax identifier => BindName(identifier.Name, identifier.Span),
        VariableSyntax variable => BindVariable(variable),
        MapSyntax map => BindMap(map),
        PositionalParameterSyntax parameter => BindParameter(parameter),
        ParameterCountSyntax => Number(syntax.Span, script.Options.Parameters.Length),
        UnarySyntax unary => BindUnary(unary),
        BinarySyntax binary => BindBinary(binary),
        IncrementSyntax increment => BindIncrement(increment),
        ConditionalSyntax conditional => BindConditional(conditional),
        CastSyntax cast => BindCast(cast),
        MemberSyntax member => BindMember(member),
        TupleElementSyntax element => BindTupleElement(element.Span, BindValue(element.Target), element.Index),
        IndexSyntax index => BindIndex(index),
        SizeofSyntax size => BindSizeof(size),
        OffsetofSyntax offset => BindOffsetof(offset),
        CallSyntax call => BindCall(call),
        TupleSyntax tuple => BindTuple(tuple),
        ComptimeSyntax comptime => BindComptime(comptime),
        TypeExpressionSyntax => Fail(BindErrorId.TypeMismatch, syntax.Span, "expected a value, found a type"),
        RecordSyntax => NotSupported(syntax.Span, "records are"),
        BlockExpressionSyntax => NotSupported(syntax.Span, "blocks as values are"),
        ErrorExpressionSyntax => Unknown(syntax.Span),
        _ => throw new ArgumentException($"There is no binding for {syntax.GetType().Name}.", nameof(syntax)),
    };

    private BoundExpression BindTuple(TupleSyntax tuple)
    {
        ImmutableArray<BoundExpression> elements = [.. tuple.Elements.Select(BindValue)];
        if (elements.IsEmpty)
            return NotSupported(tuple.Span, "empty tuples are");
        return elements.Any(IsUnknown) ? Unknown(tuple.Span) : new BoundTuple(tuple.Span, elements);
    }

    private BoundExpression BindComptime(ComptimeSyntax comptime)
    {
        BoundExpression value = BindValue(comptime.Operand);
        return value is BoundInteger or BoundText
            ? value
            : Fail(BindErrorId.NotConstant, comptime.Operand.Span, "expected a value that is known when the script is compiled");
    }

    /// <summary>A positional parameter as a number; where a text is wanted, <see cref="TextOfParameter"/> gives it.</summary>
    private BoundExpression BindParameter(PositionalParameterSyntax parameter)
    {
        if (script.Parameter(parameter.Number) is not { } text)
        {
            diagnostics.Warning(BindErrorId.Parameter, parameter.Span, $"the parameter ${parameter.Number} was not given; it counts as 0 or \"\"");
            return Number(parameter.Span, 0);
        }
        ReadOnlySpan<char> digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        if (!IntegerLiteral.TryParse(digits, out ulong value, out _))
            return Text(parameter.Span, text);
        long number = unchecked(text.StartsWith('-') ? -(long)value : (long)value);
        return new BoundInteger(parameter.Span, value > long.MaxValue && !text.StartsWith('-') ? ScriptType.UInt64 : ScriptType.Int64, number);
    }

    private static BoundText Text(SourceSpan span, string text) => new(span, Encoding.Latin1.GetString(SourceEncoding.Encode(text)));

    /// <summary>The text of an expression that is a positional parameter; null for all others.</summary>
    private BoundText? TextOfParameter(ExpressionSyntax syntax) =>
        syntax is PositionalParameterSyntax parameter ? Text(syntax.Span, script.Parameter(parameter.Number) ?? "") : null;

    private BoundExpression BindCast(CastSyntax cast)
    {
        BoundExpression operand = BindValue(cast.Operand);
        if (types.Bind(cast.Type, TypeOf, diagnostics) is not { } type || IsUnknown(operand))
            return Unknown(cast.Span);
        if (type is ArrayType { Count: 0 } open && open.Element.Size > 0)
            type = open with { Count = operand.Type.Size / open.Element.Size };
        if (type is PointerType { Space: AddressSpace.Unknown } pointer && operand.Type is PointerType { Space: var space })
            type = pointer with { Space = space };
        bool isPossible = (type, operand.Type) switch
        {
            (IntegerType or BooleanType or EnumType or PointerType, IntegerType or BooleanType or EnumType or PointerType) => true,
            (IntegerType or PointerType, KernelSymbolType) => true,
            (IntegerType, ArrayType or BufferType) => operand.Type.Size >= type.Size,
            (ArrayType array, IntegerType) => array.Size == operand.Type.Size,
            (StringType, StringType) => true,
            (StringType, ArrayType { Element.Size: 1 }) => true,
            (ArrayType, ArrayType or StringType) => type.Size == operand.Type.Size,
            _ => type == operand.Type,
        };
        if (!isPossible)
            return Fail(BindErrorId.TypeMismatch, cast.Span, $"{operand.Type} cannot become {type}");
        // A text is cut where it is stored; a cast of a text to a text says its capacity.
        if (type is StringType text && operand.Type is StringType)
            return operand.Type == type ? operand : new BoundConversion(cast.Span, text, operand);
        return Convert(operand, type) with { Span = cast.Span };
    }

    private BoundExpression BindSizeof(SizeofSyntax size) => TypeOf(size.Operand) is var type and not ErrorType
        ? Number(size.Span, type.Size)
        : Unknown(size.Span);

    private BoundExpression BindOffsetof(OffsetofSyntax offset)
    {
        ScriptType type = TypeOf(offset.Operand);
        long bytes = 0;
        foreach (NameSyntax name in offset.Path)
        {
            if (type is ErrorType)
                return Unknown(offset.Span);
            if (FindField(type, name) is not { } field)
                return Unknown(offset.Span);
            bytes += field.Offset;
            type = field.Type;
        }
        return Number(offset.Span, bytes);
    }

    /// <summary>A number, in 64 bits.</summary>
    private BoundExpression BindInteger(ExpressionSyntax syntax, string what)
    {
        BoundExpression value = BindValue(syntax);
        if (IsUnknown(value) || IsNumberOrPointer(value.Type))
            return ToInteger(value);
        return Fail(BindErrorId.TypeMismatch, syntax.Span, $"{what} must be a number, not {value.Type}");
    }

    private bool TryConstant(ExpressionSyntax syntax, out long value)
    {
        BoundExpression expression = BindValue(syntax);
        value = expression is BoundInteger integer ? integer.Value : 0;
        if (expression is BoundInteger { Type: not ErrorType })
            return true;
        if (!IsUnknown(expression))
            Error(BindErrorId.NotConstant, syntax.Span, "expected a number that is known when the script is compiled");
        return false;
    }

    private string? BindText(ExpressionSyntax syntax, string what)
    {
        if (syntax is StringLiteralSyntax or PositionalParameterSyntax)
            return (TextOfParameter(syntax) ?? (BoundText)BindExpression(syntax)).Value;
        BoundExpression expression = BindValue(syntax);
        if (!IsUnknown(expression))
            Error(BindErrorId.NotConstant, syntax.Span, $"{what} must be a text in quotes");
        return null;
    }
}
