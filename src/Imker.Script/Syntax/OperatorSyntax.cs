using Imker.Diagnostics;

namespace Imker.Script.Syntax;

public sealed class UnarySyntax(SourceSpan span, UnaryOperator op, ExpressionSyntax operand) : ExpressionSyntax(span)
{
    public UnaryOperator Operator { get; } = op;

    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary>
/// An operator between two operands. A chain such as <c>1 + 1 + 1 + …</c> leans to the left without a limit of depth, so whoever
/// walks the left operands does it in a loop.
/// </summary>
public sealed class BinarySyntax(
    SourceSpan span, BinaryOperator op, SourceSpan operatorSpan, ExpressionSyntax left, ExpressionSyntax right) : ExpressionSyntax(span)
{
    public BinaryOperator Operator { get; } = op;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    public ExpressionSyntax Left { get; } = left;

    public ExpressionSyntax Right { get; } = right;
}

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c></summary>
public sealed class IncrementSyntax(SourceSpan span, ExpressionSyntax target, bool isDecrement, bool isPrefix) : ExpressionSyntax(span)
{
    /// <summary>A variable, a map, or a map with keys; an <see cref="ErrorExpressionSyntax"/> where it was something else.</summary>
    public ExpressionSyntax Target { get; } = target;

    public bool IsDecrement { get; } = isDecrement;

    public bool IsPrefix { get; } = isPrefix;
}

/// <summary><c>a ? b : c</c></summary>
public sealed class ConditionalSyntax(
    SourceSpan span, ExpressionSyntax condition, ExpressionSyntax? whenTrue, ExpressionSyntax whenFalse) : ExpressionSyntax(span)
{
    public ExpressionSyntax Condition { get; } = condition;

    /// <summary>Null for <c>a ?: c</c>, which gives the condition itself when it holds.</summary>
    public ExpressionSyntax? WhenTrue { get; } = whenTrue;

    public ExpressionSyntax WhenFalse { get; } = whenFalse;
}

/// <summary><c>(type)x</c></summary>
public sealed class CastSyntax(SourceSpan span, TypeSyntax type, ExpressionSyntax operand) : ExpressionSyntax(span)
{
    public TypeSyntax Type { get; } = type;

    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary><c>comptime x</c>: evaluated by the compiler, or an error.</summary>
public sealed class ComptimeSyntax(SourceSpan span, ExpressionSyntax operand) : ExpressionSyntax(span)
{
    public ExpressionSyntax Operand { get; } = operand;
}
