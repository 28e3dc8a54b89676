using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Script.Types;

namespace Imker.Script.Bound;

public abstract record BoundStatement(SourceSpan Span);

public sealed record BoundBlock(SourceSpan Span, ImmutableArray<BoundStatement> Statements) : BoundStatement(Span);

/// <summary>An expression for what it does.</summary>
public sealed record BoundExpressionStatement(SourceSpan Span, BoundExpression Expression) : BoundStatement(Span);

/// <summary>
/// Makes a variable zero: a declaration without value. The binder also puts one before the block in which an old script first
/// sets a variable that it uses outside.
/// </summary>
public sealed record BoundDeclareVariable(SourceSpan Span, VariableSymbol Variable) : BoundStatement(Span);

/// <summary>Gives a variable a value of its own type; also a declaration with a value.</summary>
public sealed record BoundAssignVariable(SourceSpan Span, VariableSymbol Variable, BoundExpression Value) : BoundStatement(Span);

/// <summary>Gives an entry of a map a value of the map's type.</summary>
public sealed record BoundAssignMap(SourceSpan Span, MapSymbol Map, BoundExpression? Key, BoundExpression Value) : BoundStatement(Span);

/// <summary>Adds a number to an entry that gathers: <c>@x[k] = hist(v)</c>. The map's value is an <see cref="AggregateType"/>.</summary>
/// <param name="Value">64-bit integer; null for <c>count()</c>.</param>
/// <param name="Weight">Reserved for histograms that count by more than one; null for one.</param>
public sealed record BoundAggregate(
    SourceSpan Span, MapSymbol Map, BoundExpression? Key, BoundExpression? Value, BoundExpression? Weight = null) : BoundStatement(Span)
{
    public AggregateType Type => (AggregateType)Map.Value;
}

/// <summary>The condition is an integer, boolean or pointer.</summary>
public sealed record BoundIf(SourceSpan Span, BoundExpression Condition, BoundStatement Then, BoundStatement? Else) : BoundStatement(Span);

public sealed record BoundWhile(SourceSpan Span, BoundExpression Condition, BoundStatement Body) : BoundStatement(Span);

/// <summary>The variable runs from <paramref name="From"/> (included) to <paramref name="To"/> (excluded), signed 64-bit.</summary>
public sealed record BoundForRange(
    SourceSpan Span, VariableSymbol Variable, BoundExpression From, BoundExpression To, BoundStatement Body) : BoundStatement(Span);

/// <summary>The variable is the tuple of key and value of each entry.</summary>
/// <param name="Captured">Variables declared outside that the body uses.</param>
public sealed record BoundForMap(
    SourceSpan Span, VariableSymbol Variable, MapSymbol Map, BoundStatement Body, ImmutableArray<VariableSymbol> Captured)
    : BoundStatement(Span);

/// <summary>The body so many times, one after the other; the count is known.</summary>
public sealed record BoundUnroll(SourceSpan Span, int Count, BoundStatement Body) : BoundStatement(Span);

public sealed record BoundBreak(SourceSpan Span) : BoundStatement(Span);

public sealed record BoundContinue(SourceSpan Span) : BoundStatement(Span);

/// <summary>Ends the probe's run.</summary>
public sealed record BoundReturn(SourceSpan Span) : BoundStatement(Span);
