using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A bare name: a builtin, an enumerator, a macro without arguments, or, where one may stand, a type.</summary>
public sealed class IdentifierSyntax(SourceSpan span, string name) : ExpressionSyntax(span)
{
    public string Name { get; } = name;
}

/// <summary><c>$name</c></summary>
public sealed class VariableSyntax(SourceSpan span, string name) : ExpressionSyntax(span)
{
    /// <summary>The name with its <c>$</c>.</summary>
    public string Name { get; } = name;
}

/// <summary><c>@name</c>, or <c>@</c> for the map without a name; keys come by an <see cref="IndexSyntax"/> round it.</summary>
public sealed class MapSyntax(SourceSpan span, string name) : ExpressionSyntax(span)
{
    /// <summary>The name with its <c>@</c>.</summary>
    public string Name { get; } = name;
}

/// <summary><c>$1</c></summary>
public sealed class PositionalParameterSyntax(SourceSpan span, int number) : ExpressionSyntax(span)
{
    /// <summary>Counts from one.</summary>
    public int Number { get; } = number;
}

/// <summary><c>$#</c>: how many positional parameters were given.</summary>
public sealed class ParameterCountSyntax(SourceSpan span) : ExpressionSyntax(span);

/// <summary>A type where an expression may stand: <c>sizeof(struct task_struct)</c>, <c>typeof(uint8)</c>.</summary>
public sealed class TypeExpressionSyntax(SourceSpan span, TypeSyntax type) : ExpressionSyntax(span)
{
    public TypeSyntax Type { get; } = type;
}
