namespace Imker.Cli;

/// <summary>An option of <c>imker dump</c>.</summary>
/// <param name="Short">The letter behind one dash; null without one.</param>
/// <param name="Long">The name behind two dashes; null without one.</param>
/// <param name="Value">What its value is called in the help; null for a flag.</param>
/// <param name="Description">Empty for one that only stands beside another.</param>
/// <param name="Apply">Takes the value in; for a flag it is empty.</param>
internal sealed record DumpOption(char? Short, string? Long, string? Value, string Description, Action<DumpArguments, string> Apply)
{
    public string Name => Short is { } letter ? $"-{letter}" : $"--{Long}";
}
