namespace Imker.EndToEnd.Tests.Blocks;

/// <summary>One test of an <c>.e2e</c> file. The format is documented in <c>tests/README.md</c>.</summary>
public sealed record Block(string Name, int Line)
{
    public string? Program { get; init; }

    /// <summary>Split as a shell splits them.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>Shell script, run once everything is attached; when it ended, the program gets SIGINT.</summary>
    public string? Workload { get; init; }

    public string? Output { get; init; }

    public IReadOnlyList<string> OutputPatterns { get; init; } = [];

    public IReadOnlyList<string> OutputObjects { get; init; } = [];

    public IReadOnlyList<string> ErrorTexts { get; init; } = [];

    public int ExitCode { get; init; }

    public IReadOnlyList<string> Needs { get; init; } = [];

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);
}
