namespace Imker.Linux;

/// <summary>Finds programs as a shell does.</summary>
public static class ProgramPath
{
    /// <summary>The file of a program: a name with a slash is a path, any other is looked for in the directories of PATH.</summary>
    /// <returns>Null when there is no executable regular file.</returns>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin");

    /// <summary>Why <see cref="Find(string)"/> finds none.</summary>
    public static string Problem(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.Contains('/'))
            return "there is no such program in PATH";
        if (!Interop.FileFacts.TryGet(name, out Interop.FileStatus status))
            return "there is no such file";
        return status.IsRegular ? "it is not executable" : "it is no regular file";
    }

    internal static string? Find(string name, string searchPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('/'))
            return IsExecutable(name) ? name : null;
        foreach (string directory in searchPath.Split(':'))
        {
            // An empty entry stands for the working directory, a habit that tools run as root do without.
            if (directory.Length > 0 && Path.Combine(directory, name) is var candidate && IsExecutable(candidate))
                return candidate;
        }
        return null;
    }

    private static bool IsExecutable(string path) =>
        Interop.FileFacts.TryGet(path, out Interop.FileStatus status) && status.IsRegular && status.IsExecutable;
}
