namespace Imker.Linux;

/// <summary>Directories of proc, sysfs and tracefs.</summary>
internal static class PseudoDirectory
{
    internal static DirectoryAccess Access(string path)
    {
        using Descriptor? directory = PseudoFile.TryOpen(path, out Errno error);
        if (directory is not null)
            return DirectoryAccess.Readable;
        return error == Errno.AccessDenied || error == Errno.NotPermitted ? DirectoryAccess.Forbidden : DirectoryAccess.Absent;
    }

    /// <summary>Their names, sorted; empty when the directory is not there or cannot be read.</summary>
    internal static IReadOnlyList<string> SubdirectoriesOf(string path)
    {
        try
        {
            string[] names = [.. new DirectoryInfo(path).EnumerateDirectories().Select(d => d.Name)];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
