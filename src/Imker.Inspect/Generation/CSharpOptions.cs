namespace Imker.Inspect;

/// <summary>What the generated C# is called.</summary>
public sealed record CSharpOptions
{
    /// <summary>The namespace. Default: <c>Generated</c>.</summary>
    public string Namespace { get; init; } = "Generated";

    /// <summary>The class; null, the default, for the object's name in C#'s spelling.</summary>
    public string? ClassName { get; init; }
}
