using Imker.Diagnostics;

namespace Imker.Script.Syntax;

/// <summary>A preprocessor line that was read; conditions leave no trace in the tree.</summary>
public abstract class DirectiveSyntax(SourceSpan span) : SyntaxNode(span);

/// <summary><c>#include &lt;path&gt;</c> or <c>#include "path"</c>. Nothing is read: the kernel's types come from its BTF.</summary>
public sealed class IncludeSyntax(SourceSpan span, string path, bool isSystem) : DirectiveSyntax(span)
{
    public string Path { get; } = path;

    public bool IsSystem { get; } = isSystem;
}

/// <summary><c>#define name value</c>; the tree holds the value wherever the name was used.</summary>
public sealed class DefineSyntax(SourceSpan span, string name, string value) : DirectiveSyntax(span)
{
    public string Name { get; } = name;

    public string Value { get; } = value;
}
