using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary><c>if … { } else if … { } else { }</c>, the whole chain in one node.</summary>
public sealed class IfSyntax(SourceSpan span, ImmutableArray<IfClauseSyntax> clauses, BlockSyntax? otherwise) : StatementSyntax(span)
{
    /// <summary>At least one; tried in order.</summary>
    public ImmutableArray<IfClauseSyntax> Clauses { get; } = clauses;

    public BlockSyntax? Else { get; } = otherwise;
}

public sealed class IfClauseSyntax(SourceSpan span, ExpressionSyntax condition, BlockSyntax body) : SyntaxNode(span)
{
    /// <summary>A <see cref="ComptimeSyntax"/> when the branch is chosen by the compiler.</summary>
    public ExpressionSyntax Condition { get; } = condition;

    public BlockSyntax Body { get; } = body;
}

public sealed class WhileSyntax(SourceSpan span, ExpressionSyntax condition, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Condition { get; } = condition;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>for ($i : start..end) { }</c>: from the start on, the end excluded.</summary>
public sealed class ForRangeSyntax(
    SourceSpan span, VariableSyntax variable, ExpressionSyntax start, ExpressionSyntax end, BlockSyntax body) : StatementSyntax(span)
{
    public VariableSyntax Variable { get; } = variable;

    public ExpressionSyntax Start { get; } = start;

    public ExpressionSyntax End { get; } = end;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>for ($kv : @map) { }</c>: the variable is a tuple of key and value.</summary>
public sealed class ForMapSyntax(SourceSpan span, VariableSyntax variable, MapSyntax map, BlockSyntax body) : StatementSyntax(span)
{
    public VariableSyntax Variable { get; } = variable;

    public MapSyntax Map { get; } = map;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>unroll(n) { }</c></summary>
public sealed class UnrollSyntax(SourceSpan span, ExpressionSyntax count, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Count { get; } = count;

    public BlockSyntax Body { get; } = body;
}

public sealed class BreakSyntax(SourceSpan span) : StatementSyntax(span);

public sealed class ContinueSyntax(SourceSpan span) : StatementSyntax(span);

/// <summary><c>return</c>, with a value in macros and test probes.</summary>
public sealed class ReturnSyntax(SourceSpan span, ExpressionSyntax? value) : StatementSyntax(span)
{
    public ExpressionSyntax? Value { get; } = value;
}
