using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary><c>x.field</c> or <c>x->field</c>, which mean the same.</summary>
public sealed class MemberSyntax(SourceSpan span, ExpressionSyntax target, NameSyntax member, bool isArrow) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public NameSyntax Member { get; } = member;

    public bool IsArrow { get; } = isArrow;
}

/// <summary><c>t.0</c>: an element of a tuple.</summary>
public sealed class TupleElementSyntax(SourceSpan span, ExpressionSyntax target, int index) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public int Index { get; } = index;
}

/// <summary><c>@m[key, key]</c>, <c>array[i]</c></summary>
public sealed class IndexSyntax(SourceSpan span, ExpressionSyntax target, ImmutableArray<ExpressionSyntax> arguments) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    /// <summary>At least one.</summary>
    public ImmutableArray<ExpressionSyntax> Arguments { get; } = arguments;
}

/// <summary><c>sizeof(x)</c>, <c>sizeof(type)</c></summary>
public sealed class SizeofSyntax(SourceSpan span, ExpressionSyntax operand) : ExpressionSyntax(span)
{
    /// <summary>A <see cref="TypeExpressionSyntax"/> when it can only be a type; a lone name may be one too.</summary>
    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary><c>offsetof(type, a.b)</c></summary>
public sealed class OffsetofSyntax(SourceSpan span, ExpressionSyntax operand, ImmutableArray<NameSyntax> path) : ExpressionSyntax(span)
{
    /// <inheritdoc cref="SizeofSyntax.Operand"/>
    public ExpressionSyntax Operand { get; } = operand;

    public ImmutableArray<NameSyntax> Path { get; } = path;
}
