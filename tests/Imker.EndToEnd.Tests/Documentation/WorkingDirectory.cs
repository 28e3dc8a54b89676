using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>
/// Where the examples of a page run: a directory of their own that has the program, the repository's <c>examples</c>, and the files whose content
/// the page shows.
/// </summary>
internal sealed class WorkingDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-documentation-");

    public WorkingDirectory(IEnumerable<Fence> page)
    {
        File.CreateSymbolicLink(In("imker"), ImkerBinary.Path);
        Directory.CreateSymbolicLink(In("examples"), Path.Combine(Machine.RepositoryRoot, "examples"));
        foreach (Fence fence in page.Where(f => f.Language is "bt" or "c" && f.FileName.Length > 0))
            File.WriteAllText(In(fence.FileName), fence.Content);
    }

    public string In(string name) => Path.Combine(directory.FullName, name);

    /// <summary>Starts a shell script here, with <c>imker</c> in its path. Both outputs are one, as on a terminal.</summary>
    public RunningProgram Start(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        Dictionary<string, string> variables = new(environment ?? new Dictionary<string, string>())
        {
            ["PATH"] = $"{directory.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["LC_ALL"] = "C.UTF-8",
        };
        return RunningProgram.Shell($"cd '{directory.FullName}'\nexec 2>&1\n{script}", variables);
    }

    public void Dispose() => directory.Delete(recursive: true);
}
