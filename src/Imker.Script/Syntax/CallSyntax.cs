using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary><c>name(arguments)</c></summary>
public sealed class CallSyntax(SourceSpan span, NameSyntax name, ImmutableArray<ExpressionSyntax> arguments) : ExpressionSyntax(span)
{
    public NameSyntax Name { get; } = name;

    public ImmutableArray<ExpressionSyntax> Arguments { get; } = arguments;
}

/// <summary><c>(a, b)</c>, <c>(a,)</c>, <c>()</c></summary>
public sealed class TupleSyntax(SourceSpan span, ImmutableArray<ExpressionSyntax> elements) : ExpressionSyntax(span)
{
    public ImmutableArray<ExpressionSyntax> Elements { get; } = elements;
}

/// <summary><c>(a=1, b="x")</c></summary>
public sealed class RecordSyntax(SourceSpan span, ImmutableArray<RecordFieldSyntax> fields) : ExpressionSyntax(span)
{
    public ImmutableArray<RecordFieldSyntax> Fields { get; } = fields;
}

public sealed class RecordFieldSyntax(SourceSpan span, NameSyntax name, ExpressionSyntax value) : SyntaxNode(span)
{
    public NameSyntax Name { get; } = name;

    public ExpressionSyntax Value { get; } = value;
}

/// <summary><c>{ …; x }</c> where a value is wanted: the last statement, written without a semicolon, gives it.</summary>
public sealed class BlockExpressionSyntax(SourceSpan span, BlockSyntax block) : ExpressionSyntax(span)
{
    public BlockSyntax Block { get; } = block;
}
