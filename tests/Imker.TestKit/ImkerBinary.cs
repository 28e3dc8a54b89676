using Xunit;

namespace Imker.TestKit;

/// <summary>The published program: the one named by <c>IMKER_BINARY</c>, else the one that <c>./imker</c> published last.</summary>
public static class ImkerBinary
{
    public static string Path
    {
        get
        {
            string path = Environment.GetEnvironmentVariable("IMKER_BINARY") is { Length: > 0 } named
                ? named
                : System.IO.Path.Combine(Machine.RepositoryRoot, "artifacts/publish/imker");
            Assert.True(File.Exists(path), $"there is no {path}: run './imker' or './test', which publish it");
            return path;
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It was killed because it took longer than the limit (default 30 s).</exception>
    public static ProgramResult Run(IEnumerable<string> arguments, string? input = null, TimeSpan? limit = null)
    {
        using RunningProgram program = Start(arguments, input);
        return program.WaitForEnd(limit ?? TimeSpan.FromSeconds(30));
    }

    public static RunningProgram Start(IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        RunningProgram.Start(Path, arguments, input, environment);
}
