using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A definition in C at the top of a script.</summary>
public abstract class TypeDefinitionSyntax(SourceSpan span) : SyntaxNode(span);

/// <summary><c>struct name { … }</c> or <c>union name { … }</c></summary>
public sealed class StructDefinitionSyntax(
    SourceSpan span, TagKind kind, NameSyntax? name, ImmutableArray<FieldSyntax> fields, ImmutableArray<AttributeSyntax> attributes)
    : TypeDefinitionSyntax(span)
{
    public TagKind Kind { get; } = kind;

    /// <summary>Null for an anonymous one inside another type.</summary>
    public NameSyntax? Name { get; } = name;

    public ImmutableArray<FieldSyntax> Fields { get; } = fields;

    public ImmutableArray<AttributeSyntax> Attributes { get; } = attributes;
}

public sealed class FieldSyntax(SourceSpan span, TypeSyntax type, NameSyntax? name, ExpressionSyntax? bitWidth) : SyntaxNode(span)
{
    public TypeSyntax Type { get; } = type;

    /// <summary>Null for an anonymous struct or union, and for an unnamed bit field.</summary>
    public NameSyntax? Name { get; } = name;

    public ExpressionSyntax? BitWidth { get; } = bitWidth;
}

/// <summary>One attribute of <c>__attribute__((packed, aligned(8)))</c>.</summary>
public sealed class AttributeSyntax(SourceSpan span, NameSyntax name, ExpressionSyntax? argument) : SyntaxNode(span)
{
    public NameSyntax Name { get; } = name;

    public ExpressionSyntax? Argument { get; } = argument;
}

/// <summary><c>enum name { A, B = 3 }</c></summary>
public sealed class EnumDefinitionSyntax(SourceSpan span, NameSyntax? name, ImmutableArray<EnumeratorSyntax> enumerators)
    : TypeDefinitionSyntax(span)
{
    public NameSyntax? Name { get; } = name;

    public ImmutableArray<EnumeratorSyntax> Enumerators { get; } = enumerators;
}

public sealed class EnumeratorSyntax(SourceSpan span, NameSyntax name, ExpressionSyntax? value) : SyntaxNode(span)
{
    public NameSyntax Name { get; } = name;

    /// <summary>Null for one more than the enumerator before.</summary>
    public ExpressionSyntax? Value { get; } = value;
}

/// <summary><c>typedef type name;</c></summary>
public sealed class TypedefSyntax(SourceSpan span, TypeSyntax type, NameSyntax name) : TypeDefinitionSyntax(span)
{
    public TypeSyntax Type { get; } = type;

    public NameSyntax Name { get; } = name;
}
