using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary><c>point, point /predicate/ { … }</c></summary>
public sealed class ProbeSyntax(
    SourceSpan span, ImmutableArray<AttachPointSyntax> attachPoints, ExpressionSyntax? predicate, BlockSyntax body) : SyntaxNode(span)
{
    public ImmutableArray<AttachPointSyntax> AttachPoints { get; } = attachPoints;

    public ExpressionSyntax? Predicate { get; } = predicate;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>name=provider:part:part</c></summary>
public sealed class AttachPointSyntax(
    SourceSpan span, NameSyntax? name, ProbeProvider? provider, ImmutableArray<AttachPartSyntax> parts) : SyntaxNode(span)
{
    public NameSyntax? Name { get; } = name;

    /// <summary>Null where the first part names none; that has been reported.</summary>
    public ProbeProvider? Provider { get; } = provider;

    /// <summary>What stands between the colons, the provider first.</summary>
    public ImmutableArray<AttachPartSyntax> Parts { get; } = parts;
}

/// <summary>What stands between two colons of an attach point, in pieces.</summary>
public sealed class AttachPartSyntax(SourceSpan span, ImmutableArray<AttachPieceSyntax> pieces) : SyntaxNode(span)
{
    public ImmutableArray<AttachPieceSyntax> Pieces { get; } = pieces;

    /// <summary>The text of the part, with the positional parameters put in.</summary>
    /// <param name="parameter">Gives the text of a parameter by its number, counted from one.</param>
    public string Expand(Func<int, string> parameter) => string.Concat(Pieces.Select(piece => piece.Text ?? parameter(piece.Parameter)));
}

/// <summary>A run of text, a quoted string, or a positional parameter.</summary>
public sealed class AttachPieceSyntax(SourceSpan span, string? text, bool isQuoted, int parameter) : SyntaxNode(span)
{
    /// <summary>The text without quotes and escapes; null for a positional parameter.</summary>
    public string? Text { get; } = text;

    /// <summary>Whether the text stood in quotes: then colons and operators in it are part of a name.</summary>
    public bool IsQuoted { get; } = isQuoted;

    /// <summary>The number of the positional parameter, when there is no text.</summary>
    public int Parameter { get; } = parameter;
}
