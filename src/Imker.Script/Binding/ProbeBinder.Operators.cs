using Imker.Diagnostics;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using UnaryOperator = Imker.Script.Syntax.UnaryOperator;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    // What follows walks the operands of what was bound by recursion.
    private const int MaxChain = 2000;

    /// <summary>A chain of operators leans to the left and may be tens of thousands long: it is walked in a loop.</summary>
    private BoundExpression BindBinary(BinarySyntax binary)
    {
        var chain = new Stack<BinarySyntax>();
        ExpressionSyntax first = binary;
        for (; first is BinarySyntax next; first = next.Left)
            chain.Push(next);
        BoundExpression left = BindValue(first);
        ExpressionSyntax leftSyntax = first;
        int length = 0;
        while (chain.TryPop(out BinarySyntax? next))
        {
            BoundExpression right = BindValue(next.Right);
            // A parameter is a text where it meets one.
            if (IsText(left) && right is not BoundText && TextOfParameter(next.Right) is { } rightText)
                right = rightText;
            else if (IsText(right) && left is not BoundText && TextOfParameter(leftSyntax) is { } leftText)
                left = leftText;
            left = Combine(next.Span, Operations.Of(next.Operator), next.OperatorSpan, left, right);
            leftSyntax = next;
            if (left is BoundBinary && ++length > MaxChain)
                return Fail(BindErrorId.OutOfRange, binary.OperatorSpan, $"the expression has more than {MaxChain:N0} operators in a row", "keep intermediate results in variables");
        }
        return left;
    }

    private BoundExpression Combine(SourceSpan span, BinaryOperation operation, SourceSpan operatorSpan, BoundExpression left, BoundExpression right)
    {
        if (IsUnknown(left) || IsUnknown(right))
            return PartlyUnknown(span, operation, left, right);
        if (Operations.IsLogical(operation))
            return Logical(span, operation, left, right);
        if (Operations.IsComparison(operation))
            return Compare(span, operation, operatorSpan, left, right);
        if (left.Type is PointerType || right.Type is PointerType)
            return PointerArithmetic(span, operation, operatorSpan, left, right);
        if (!IsNumber(left.Type) || !IsNumber(right.Type))
            return Mismatch(operatorSpan, left, right);
        bool isShift = operation is BinaryOperation.ShiftLeft or BinaryOperation.ShiftRight;
        IntegerType type = isShift ? IntegerType.Of(8, TypeJoin.IntegerOf(left.Type).IsSigned)
            : operation == BinaryOperation.Subtract ? ScriptType.Int64
            : CommonType(left, right);
        return Fold(new BoundBinary(span, type, operation, Convert(left, type), Convert(right, isShift ? ScriptType.Int64 : type)), operatorSpan, type.IsSigned);
    }

    // '@x = @x + 1' tells that @x is a number before anything else is known of it.
    private static BoundExpression PartlyUnknown(SourceSpan span, BinaryOperation operation, BoundExpression left, BoundExpression right)
    {
        bool isArithmetic = !Operations.IsLogical(operation) && !Operations.IsComparison(operation);
        BoundExpression known = IsUnknown(left) ? right : left;
        return isArithmetic && known.Type is IntegerType
            ? new BoundConversion(span, operation == BinaryOperation.Subtract ? ScriptType.Int64 : TypeJoin.Widen(known.Type), Unknown(span))
            : Unknown(span);
    }

    private BoundExpression Mismatch(SourceSpan operatorSpan, BoundExpression left, BoundExpression right) =>
        Fail(BindErrorId.TypeMismatch, operatorSpan, $"'{operatorSpan.Text}' does not take {left.Type} and {right.Type}");

    private BoundExpression Fold(BoundBinary binary, SourceSpan operatorSpan, bool isSigned)
    {
        if (binary.Right is BoundInteger { Value: 0 } && binary.Operation is BinaryOperation.Divide or BinaryOperation.Modulo)
            return Fail(BindErrorId.OutOfRange, operatorSpan, "division by zero");
        return binary is { Left: BoundInteger left, Right: BoundInteger right } &&
            ConstantFolding.TryEvaluate(binary.Operation, left.Value, right.Value, isSigned, out long value)
            ? new BoundInteger(binary.Span, binary.Type, value)
            : binary;
    }

    /// <summary>
    /// The 64-bit type in which two integers meet: constants follow the other side; of a signed and an unsigned one the signed
    /// where it holds all values of both, which only 64 unsigned bits prevent.
    /// </summary>
    private static IntegerType CommonType(BoundExpression left, BoundExpression right)
    {
        IntegerType a = TypeJoin.IntegerOf(left.Type), b = TypeJoin.IntegerOf(right.Type);
        if (IsFlexible(left) || IsFlexible(right))
            return IntegerType.Of(8, IsFlexible(left) ? b.IsSigned : a.IsSigned);
        if (a.IsSigned == b.IsSigned)
            return IntegerType.Of(8, a.IsSigned);
        return IntegerType.Of(8, (a.IsSigned ? b : a).Bytes < 8);
    }

    // One of two numbers is kept, not calculated with: -1 stays -1.
    private static IntegerType JoinNumbers(BoundExpression left, BoundExpression right) => IsFlexible(left) || IsFlexible(right)
        ? CommonType(left, right)
        : (IntegerType)TypeJoin.Widen(TypeJoin.Join(TypeJoin.IntegerOf(left.Type), TypeJoin.IntegerOf(right.Type))!);

    private BoundExpression Logical(SourceSpan span, BinaryOperation operation, BoundExpression left, BoundExpression right)
    {
        foreach (BoundExpression operand in new[] { left, right })
        {
            if (!IsNumberOrPointer(operand.Type))
                return Fail(BindErrorId.TypeMismatch, operand.Span, $"a condition must be a number or a pointer, not {operand.Type}");
        }
        if (left is not BoundInteger known)
            return new BoundBinary(span, ScriptType.Boolean, operation, left, right);
        bool decides = known.Value != 0 == (operation == BinaryOperation.LogicalOr);
        if (decides || right is BoundInteger)
            return new BoundInteger(span, ScriptType.Boolean, decides ? known.Value != 0 ? 1 : 0 : ((BoundInteger)right).Value != 0 ? 1 : 0);
        return new BoundBinary(span, ScriptType.Boolean, operation, left, right);
    }

    private BoundExpression Compare(
        SourceSpan span, BinaryOperation operation, SourceSpan operatorSpan, BoundExpression left, BoundExpression right)
    {
        bool isEquality = operation is BinaryOperation.Equal or BinaryOperation.NotEqual;
        if (left.Type is NameIndexType names && right is BoundText text)
            return CompareName(span, operation, left, names, text);
        if (right.Type is NameIndexType otherNames && left is BoundText otherText)
            return CompareName(span, operation, right, otherNames, otherText);
        if (IsNumberOrPointer(left.Type) && IsNumberOrPointer(right.Type))
        {
            bool isPointer = left.Type is PointerType || right.Type is PointerType;
            IntegerType type = isPointer ? ScriptType.UInt64 : CommonType(left, right);
            if (!isEquality && !isPointer && !type.IsSigned && (IsNegative(left) || IsNegative(right)))
                WarnOfSigns(operatorSpan, left, right);
            return Fold(new BoundBinary(span, ScriptType.Boolean, operation, Convert(left, type), Convert(right, type)), operatorSpan, type.IsSigned);
        }
        if (isEquality && left is BoundText first && right is BoundText second)
            return new BoundInteger(span, ScriptType.Boolean, first.Value == second.Value == (operation == BinaryOperation.Equal) ? 1 : 0);
        if (isEquality && IsText(left) && IsText(right))
            return new BoundBinary(span, ScriptType.Boolean, operation, left, right);
        if (isEquality && TypeJoin.Join(left.Type, right.Type) is { } joined and (TupleType or ArrayType or BufferType or NameIndexType or InternetAddressType or MacAddressType))
            return new BoundBinary(span, ScriptType.Boolean, operation, Convert(left, joined), Convert(right, joined));
        return Mismatch(operatorSpan, left, right);
    }

    private static bool IsNegative(BoundExpression expression) =>
        expression is not BoundInteger { Value: >= 0 } && TypeJoin.IntegerOf(expression.Type).IsSigned;

    private void WarnOfSigns(SourceSpan operatorSpan, BoundExpression left, BoundExpression right) =>
        diagnostics.Warning(BindErrorId.MixedSigns, operatorSpan, $"{left.Type} and {right.Type} are compared as unsigned numbers: a negative one counts as large",
            "cast one of them");

    // A name known when the script is compiled is compared by its number; one that no attach point has is never equal.
    private static BoundExpression CompareName(SourceSpan span, BinaryOperation operation, BoundExpression value, NameIndexType names, BoundText text)
    {
        if (value is BoundInteger known)
        {
            bool isEqual = names.Names[(int)known.Value] == text.Value;
            return new BoundInteger(span, ScriptType.Boolean, isEqual == (operation == BinaryOperation.Equal) ? 1 : 0);
        }
        BinaryOperation combine = operation == BinaryOperation.Equal ? BinaryOperation.LogicalOr : BinaryOperation.LogicalAnd;
        BoundExpression? result = null;
        for (int i = 0; i < names.Names.Length; i++)
        {
            if (names.Names[i] != text.Value)
                continue;
            var one = new BoundBinary(span, ScriptType.Boolean, operation, value, new BoundInteger(text.Span, names, i));
            result = result is null ? one : new BoundBinary(span, ScriptType.Boolean, combine, result, one);
        }
        return result ?? new BoundInteger(span, ScriptType.Boolean, operation == BinaryOperation.Equal ? 0 : 1);
    }

    private BoundExpression PointerArithmetic(
        SourceSpan span, BinaryOperation operation, SourceSpan operatorSpan, BoundExpression left, BoundExpression right)
    {
        if (left.Type is PointerType && right.Type is PointerType)
        {
            return operation == BinaryOperation.Subtract
                ? new BoundBinary(span, ScriptType.Int64, operation, Convert(left, ScriptType.Int64), Convert(right, ScriptType.Int64))
                : Mismatch(operatorSpan, left, right);
        }
        (BoundExpression pointer, BoundExpression distance) = left.Type is PointerType ? (left, right) : (right, left);
        bool isPossible = operation == BinaryOperation.Add || operation == BinaryOperation.Subtract && pointer == left;
        if (!isPossible || !IsNumber(distance.Type))
        {
            // Masks and the like are taken of the address as a number.
            return IsNumber(distance.Type) && operation is not (BinaryOperation.Subtract or BinaryOperation.Add)
                ? Combine(span, operation, operatorSpan, Convert(left, left.Type is PointerType ? ScriptType.UInt64 : left.Type),
                    Convert(right, right.Type is PointerType ? ScriptType.UInt64 : right.Type))
                : Mismatch(operatorSpan, left, right);
        }
        var type = (PointerType)pointer.Type;
        BoundExpression scaled = Scale(Convert(distance, ScriptType.UInt64), Math.Max(1, type.Target.Size));
        var sum = new BoundBinary(span, ScriptType.UInt64, operation, Convert(pointer, ScriptType.UInt64), scaled);
        return Convert(Fold(sum, operatorSpan, isSigned: false), type) with { Span = span };
    }

    private BoundExpression Scale(BoundExpression distance, int size) => size == 1
        ? distance
        : Fold(new BoundBinary(distance.Span, distance.Type, BinaryOperation.Multiply, distance, new BoundInteger(distance.Span, distance.Type, size)), distance.Span, isSigned: false);

    private BoundExpression BindUnary(UnarySyntax unary)
    {
        BoundExpression operand = BindValue(unary.Operand);
        if (IsUnknown(operand))
            return Unknown(unary.Span);
        switch (unary.Operator)
        {
            case UnaryOperator.Dereference:
                return Dereference(unary, operand);
            case UnaryOperator.AddressOf:
                return NotSupported(unary.Span, "addresses of variables are");
            case UnaryOperator.Not when IsNumberOrPointer(operand.Type):
                return operand is BoundInteger truth
                    ? new BoundInteger(unary.Span, ScriptType.Boolean, truth.Value == 0 ? 1 : 0)
                    : new BoundUnary(unary.Span, ScriptType.Boolean, Bound.UnaryOperator.Not, operand);
            case UnaryOperator.Negate when IsNumber(operand.Type):
                BoundExpression signed = Convert(operand, ScriptType.Int64);
                return signed is BoundInteger number
                    ? new BoundInteger(unary.Span, ScriptType.Int64, unchecked(-number.Value))
                    : new BoundUnary(unary.Span, ScriptType.Int64, Bound.UnaryOperator.Negate, signed);
            case UnaryOperator.Complement when IsNumber(operand.Type):
                BoundExpression wide = ToInteger(operand);
                return wide is BoundInteger bits
                    ? new BoundInteger(unary.Span, wide.Type, ~bits.Value)
                    : new BoundUnary(unary.Span, wide.Type, Bound.UnaryOperator.Complement, wide);
            default:
                return Fail(BindErrorId.TypeMismatch, unary.Span, $"'{OperatorFacts.TextOf(unary.Operator)}' does not take {operand.Type}");
        }
    }

    private BoundExpression Dereference(UnarySyntax unary, BoundExpression operand)
    {
        if (operand.Type is IntegerType)
            operand = Convert(operand, new PointerType(ScriptType.UInt64, AddressSpace.Unknown));
        return operand.Type switch
        {
            PointerType { Target: NoneType } => Fail(BindErrorId.TypeMismatch, unary.Span, "what a 'void *' points to has no type", "cast it, as in '*(uint64 *)x'"),
            PointerType pointer => new BoundDereference(unary.Span, InSpace(pointer.Target, pointer.Space), operand),
            _ => Fail(BindErrorId.TypeMismatch, unary.Span, $"'*' takes a pointer, not {operand.Type}"),
        };
    }

    private BoundExpression BindIncrement(IncrementSyntax increment)
    {
        long delta = increment.IsDecrement ? -1 : 1;
        switch (increment.Target)
        {
            case VariableSyntax variable:
                BoundExpression value = BindVariable(variable);
                if (IsUnknown(value))
                    return value;
                return CheckIncrement(increment, value, delta);
            case MapSyntax or IndexSyntax:
                Entry entry = BindEntry(increment.Target);
                if (entry.Map.Value.Type is AggregateType held)
                    return Fail(BindErrorId.TypeMismatch, increment.Span, $"'{entry.Map.Symbol.Name}' holds {held}: it is given values by that function alone");
                BoundExpression element = CurrentOf(entry);
                return IsUnknown(element) ? element : CheckIncrement(increment, element, delta);
            default:
                return Unknown(increment.Span);
        }
    }

    private BoundExpression CheckIncrement(IncrementSyntax increment, BoundExpression target, long delta) => target.Type switch
    {
        IntegerType => new BoundIncrement(increment.Span, target, delta, increment.IsPrefix),
        PointerType pointer => new BoundIncrement(increment.Span, target, delta * Math.Max(1, pointer.Target.Size), increment.IsPrefix),
        _ => Fail(BindErrorId.TypeMismatch, increment.Span, $"{target.Type} cannot be counted up or down"),
    };

    private BoundExpression BindConditional(ConditionalSyntax conditional)
    {
        BoundExpression condition = BindCondition(conditional.Condition, "the condition");
        BoundExpression whenTrue = conditional.WhenTrue is null ? condition : BindValue(conditional.WhenTrue);
        BoundExpression whenFalse = BindValue(conditional.WhenFalse);
        if (IsUnknown(condition) || IsUnknown(whenTrue) || IsUnknown(whenFalse))
            return Unknown(conditional.Span);
        ScriptType? type = IsNumber(whenTrue.Type) && IsNumber(whenFalse.Type) && whenTrue.Type != whenFalse.Type
            ? JoinNumbers(whenTrue, whenFalse)
            : IsFlexible(whenTrue) && whenFalse.Type is PointerType ? whenFalse.Type
            : IsFlexible(whenFalse) && whenTrue.Type is PointerType ? whenTrue.Type
            : TypeJoin.Join(whenTrue.Type, whenFalse.Type);
        if (type is null)
            return Fail(BindErrorId.TypeMismatch, conditional.Span, $"the two values are of different types, {whenTrue.Type} and {whenFalse.Type}");
        return condition is BoundInteger known
            ? Convert(known.Value != 0 ? whenTrue : whenFalse, type)
            : new BoundTernary(conditional.Span, type, condition, Convert(whenTrue, type), Convert(whenFalse, type));
    }
}
