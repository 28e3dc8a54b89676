using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A whole script.</summary>
public sealed class ScriptSyntax(SourceSpan span) : SyntaxNode(span)
{
    public required ImmutableArray<DirectiveSyntax> Directives { get; init; }

    public required ImmutableArray<TypeDefinitionSyntax> TypeDefinitions { get; init; }

    /// <summary>The settings of all <c>config</c> blocks.</summary>
    public required ImmutableArray<ConfigSettingSyntax> Config { get; init; }

    public required ImmutableArray<ImportSyntax> Imports { get; init; }

    public required ImmutableArray<MapDeclarationSyntax> Maps { get; init; }

    public required ImmutableArray<MacroSyntax> Macros { get; init; }

    public required ImmutableArray<ProbeSyntax> Probes { get; init; }

    /// <summary>
    /// Parses a script. What is wrong is added to <paramref name="diagnostics"/>; the tree holds what could be understood, so
    /// that errors of later stages are told in the same go.
    /// </summary>
    public static ScriptSyntax Parse(SourceText source, DiagnosticBag diagnostics) => new Parser(source, diagnostics).ParseScript();
}

/// <summary><c>key = value</c> inside of <c>config = { … }</c></summary>
public sealed class ConfigSettingSyntax(SourceSpan span, NameSyntax key, ExpressionSyntax value) : SyntaxNode(span)
{
    public NameSyntax Key { get; } = key;

    /// <summary>A literal or a bare word.</summary>
    public ExpressionSyntax Value { get; } = value;
}

/// <summary><c>import "path"</c></summary>
public sealed class ImportSyntax(SourceSpan span, StringLiteralSyntax path) : SyntaxNode(span)
{
    public StringLiteralSyntax Path { get; } = path;
}

/// <summary><c>let @map = type(entries);</c></summary>
public sealed class MapDeclarationSyntax(SourceSpan span, MapSyntax map, CallSyntax type) : SyntaxNode(span)
{
    public MapSyntax Map { get; } = map;

    /// <summary>The kind of map as a call: <c>hash(100)</c>.</summary>
    public CallSyntax Type { get; } = type;
}

/// <summary><c>macro name($a, b, @c) { … }</c></summary>
public sealed class MacroSyntax(SourceSpan span, NameSyntax name, ImmutableArray<ExpressionSyntax> parameters, BlockSyntax body) : SyntaxNode(span)
{
    public NameSyntax Name { get; } = name;

    /// <summary>Each a variable, a map, or a bare name for an expression.</summary>
    public ImmutableArray<ExpressionSyntax> Parameters { get; } = parameters;

    public BlockSyntax Body { get; } = body;
}
