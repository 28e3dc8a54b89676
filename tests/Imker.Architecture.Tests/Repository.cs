using System.Reflection;

namespace Imker.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] WrittenByPeople = ["src", "tests", "samples", "bench", "fuzz"];

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static IEnumerable<string> SourceFiles() => WrittenByPeople
        .Select(d => Path.Combine(Root, d))
        .Where(Directory.Exists)
        .SelectMany(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories))
        .Where(f => !IsBuilt(f) && !f.EndsWith(".g.cs", StringComparison.Ordinal));

    public static IEnumerable<string> Projects() => Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(f => !IsBuilt(f));

    public static IEnumerable<string> Rooms() => Projects().Where(p => Relative(p).StartsWith("src/", StringComparison.Ordinal));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    public static IEnumerable<string[]> ReadTable(string resource)
    {
        using StreamReader reader = new(typeof(Repository).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))];
    }

    private static bool IsBuilt(string path) => Relative(path).Split('/').Any(part => part is "bin" or "obj" or "artifacts");
}
