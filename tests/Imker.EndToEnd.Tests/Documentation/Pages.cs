using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>The pages of the repository that somebody reads to learn how to use it.</summary>
internal static class Pages
{
    private static readonly Dictionary<string, IReadOnlyList<Fence>> Fences = Paths()
        .ToDictionary(p => p, p => Fence.ReadAll(p, File.ReadAllText(Path.Combine(Machine.RepositoryRoot, p))));

    public static IEnumerable<Fence> AllFences => Fences.Values.SelectMany(f => f);

    public static IReadOnlyList<Fence> FencesOf(string page) => Fences[page];

    public static IEnumerable<string> Paths() =>
    [
        "README.md",
        "tests/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Machine.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Machine.RepositoryRoot, f))
            .Order(StringComparer.Ordinal),
    ];
}
