using Imker.Diagnostics;

namespace Imker.Script.Syntax;

public enum TagKind
{
    Struct,
    Union,
    Enum,
}

/// <summary>A type by its name: <c>uint64</c>, <c>string</c>, <c>unsigned long</c>, <c>size_t</c>. Words of C are joined by one blank.</summary>
public sealed class NamedTypeSyntax(SourceSpan span, string name) : TypeSyntax(span)
{
    public string Name { get; } = name;
}

/// <summary><c>struct name</c>, <c>union name</c>, <c>enum name</c></summary>
public sealed class TagTypeSyntax(SourceSpan span, TagKind kind, NameSyntax name) : TypeSyntax(span)
{
    public TagKind Kind { get; } = kind;

    public NameSyntax Name { get; } = name;
}

public sealed class PointerTypeSyntax(SourceSpan span, TypeSyntax target) : TypeSyntax(span)
{
    public TypeSyntax Target { get; } = target;
}

/// <summary><c>type[n]</c>, <c>type[]</c>; for <c>string</c>, <c>buffer</c> and <c>inet</c> the number is their size.</summary>
public sealed class ArrayTypeSyntax(SourceSpan span, TypeSyntax element, ExpressionSyntax? length) : TypeSyntax(span)
{
    public TypeSyntax Element { get; } = element;

    public ExpressionSyntax? Length { get; } = length;
}

/// <summary><c>typeof(x)</c></summary>
public sealed class TypeofSyntax(SourceSpan span, ExpressionSyntax operand) : TypeSyntax(span)
{
    /// <inheritdoc cref="SizeofSyntax.Operand"/>
    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary>A pointer to a function in a C declaration; scripts only need its size.</summary>
public sealed class FunctionPointerTypeSyntax(SourceSpan span) : TypeSyntax(span);

/// <summary>A struct, union or enum defined where it is used, as the type of a field or a typedef.</summary>
public sealed class InlineTypeSyntax(SourceSpan span, TypeDefinitionSyntax definition) : TypeSyntax(span)
{
    public TypeDefinitionSyntax Definition { get; } = definition;
}

/// <summary>Stands where a type is missing or wrong; that has been reported.</summary>
public sealed class ErrorTypeSyntax(SourceSpan span) : TypeSyntax(span);
