using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>The programs below <c>samples/</c> that show how the libraries are used. The pages quote them.</summary>
internal static class Samples
{
    private const string Project = "Imker.Samples";

    private static readonly string Root = Path.Combine(Machine.RepositoryRoot, "samples", Project);

    // Services are projects of their own.
    private static readonly string[][] Sources =
        [.. Directory.EnumerateDirectories(Path.GetDirectoryName(Root)!).SelectMany(d => Directory.EnumerateFiles(d, "*.cs")).Select(f => Trimmed(File.ReadAllText(f)))];

    /// <summary>Each is a file of its own, whose name is the sample's.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Root, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "Program").Order(StringComparer.Ordinal);

    /// <summary>Whether a file has these lines in a row, however they are indented.</summary>
    public static bool Contain(string piece)
    {
        string[] lines = Trimmed(piece.TrimEnd('\n'));
        return Sources.Any(source => Enumerable.Range(0, source.Length).Any(i => source.AsSpan(i).StartsWith(lines)));
    }

    public static ProgramResult Run(string name)
    {
        using RunningProgram sample = RunningProgram.Start(Path.Combine(Root, "bin/Debug/net10.0", Project), [name]);
        return sample.WaitForEnd(TimeSpan.FromSeconds(60));
    }

    private static string[] Trimmed(string text) => [.. text.Split('\n').Select(l => l.Trim())];
}
