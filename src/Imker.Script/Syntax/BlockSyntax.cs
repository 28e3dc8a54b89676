using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary><c>{ … }</c></summary>
public sealed class BlockSyntax(SourceSpan span, ImmutableArray<StatementSyntax> statements) : StatementSyntax(span)
{
    public ImmutableArray<StatementSyntax> Statements { get; } = statements;
}

/// <summary>An expression evaluated for what it does.</summary>
public sealed class ExpressionStatementSyntax(SourceSpan span, ExpressionSyntax expression, bool hasSemicolon) : StatementSyntax(span)
{
    public ExpressionSyntax Expression { get; } = expression;

    /// <summary>False only for the last statement of a block: there the expression may be the value of the block.</summary>
    public bool HasSemicolon { get; } = hasSemicolon;
}

/// <summary><c>target = value</c>, <c>target += value</c> and their like.</summary>
public sealed class AssignmentSyntax(
    SourceSpan span, ExpressionSyntax target, BinaryOperator? op, ExpressionSyntax value) : StatementSyntax(span)
{
    /// <summary>A variable, a map, or a map with keys; an <see cref="ErrorExpressionSyntax"/> where it was something else.</summary>
    public ExpressionSyntax Target { get; } = target;

    /// <summary>The operator of a compound assignment.</summary>
    public BinaryOperator? Operator { get; } = op;

    public ExpressionSyntax Value { get; } = value;
}

/// <summary><c>_ = value</c>: evaluated, and the result dropped on purpose.</summary>
public sealed class DiscardSyntax(SourceSpan span, ExpressionSyntax value) : StatementSyntax(span)
{
    public ExpressionSyntax Value { get; } = value;
}

/// <summary><c>let $x</c>, <c>let $x : type</c>, <c>let $x = value</c></summary>
public sealed class LetSyntax(SourceSpan span, VariableSyntax variable, TypeSyntax? type, ExpressionSyntax? value) : StatementSyntax(span)
{
    public VariableSyntax Variable { get; } = variable;

    public TypeSyntax? Type { get; } = type;

    public ExpressionSyntax? Value { get; } = value;
}
