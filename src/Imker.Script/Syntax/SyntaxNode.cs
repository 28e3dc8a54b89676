using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A piece of a script as it was written. Nodes are immutable and know their exact place.</summary>
public abstract class SyntaxNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;
}

/// <summary>A name and its place, without a <c>$</c> or <c>@</c>.</summary>
public sealed class NameSyntax(SourceSpan span, string text) : SyntaxNode(span)
{
    public string Text { get; } = text;
}

public abstract class ExpressionSyntax(SourceSpan span) : SyntaxNode(span);

public abstract class StatementSyntax(SourceSpan span) : SyntaxNode(span);

public abstract class TypeSyntax(SourceSpan span) : SyntaxNode(span);

/// <summary>Stands where an expression is missing or wrong; that has been reported.</summary>
public sealed class ErrorExpressionSyntax(SourceSpan span) : ExpressionSyntax(span);
