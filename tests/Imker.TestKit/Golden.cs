using System.Runtime.CompilerServices;

namespace Imker.TestKit;

/// <summary>
/// Files of expected output below the <c>testdata</c> folder of a test project. With <c>IMKER_GOLDEN=accept</c> in the environment
/// they are written instead of compared; the difference is read before it is committed.
/// </summary>
public static class Golden
{
    private static bool Accepts => Environment.GetEnvironmentVariable("IMKER_GOLDEN") == "accept";

    /// <summary>The full path of a file below the <c>testdata</c> folder of the calling test's project.</summary>
    public static string PathOf(string name, [CallerFilePath] string caller = "")
    {
        DirectoryInfo? directory = new FileInfo(caller).Directory;
        while (directory is not null && directory.GetFiles("*.csproj").Length == 0)
            directory = directory.Parent;
        return directory is null
            ? throw new InvalidOperationException($"No project file above {caller}.")
            : Path.Combine(directory.FullName, "testdata", name);
    }

    public static string Read(string name, [CallerFilePath] string caller = "") => File.ReadAllText(PathOf(name, caller));

    /// <summary>Compares a text with the golden file of that name.</summary>
    /// <exception cref="GoldenException">They differ, or the file is missing.</exception>
    public static void Verify(string name, string actual, [CallerFilePath] string caller = "")
    {
        string path = PathOf(name, caller);
        if (Accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        if (!File.Exists(path))
            throw new GoldenException($"{name} is missing; run with IMKER_GOLDEN=accept and read what was written:\n{actual}");
        string expected = File.ReadAllText(path);
        if (expected != actual)
            throw new GoldenException($"{name} differs {FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] expectedLines = expected.Split('\n'), actualLines = actual.Split('\n');
        int line = 0;
        while (line < expectedLines.Length && line < actualLines.Length && expectedLines[line] == actualLines[line])
            line++;
        return $"at line {line + 1}:\n- {expectedLines.ElementAtOrDefault(line) ?? "<end>"}\n+ {actualLines.ElementAtOrDefault(line) ?? "<end>"}";
    }
}

public sealed class GoldenException(string message) : Exception(message);
