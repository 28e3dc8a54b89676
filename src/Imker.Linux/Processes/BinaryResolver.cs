using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Finds the file that a probe names: a path, a program, or a library; for another process as that process sees it.</summary>
public static class BinaryResolver
{
    /// <summary>A path that this process can open; null when there is no such regular file.</summary>
    public static string? Find(string name, int? processId)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string root = processId is { } id && !SharesOurFiles(id) ? $"/proc/{id}/root" : "";
        if (name.Contains('/'))
            return FindPath(name, root, processId);
        if (processId is { } pid && FindMapped(name, pid) is { } mapped && InRoot(root, pid, mapped) is var path && IsRegular(path))
            return path;
        // What begins like a library is one; a program may still be called so.
        return name.StartsWith("lib", StringComparison.Ordinal)
            ? LibraryPath.Find(name, root) ?? FindProgram(name, root)
            : FindProgram(name, root) ?? LibraryPath.Find(name, root);
    }

    private static string? FindPath(string name, string root, int? processId)
    {
        string path = name.StartsWith('/') ? root + name
            : processId is { } id ? Path.Combine(InRoot(root, id, PseudoFile.TryReadLink($"/proc/{id}/cwd") ?? "/"), name)
            : Path.GetFullPath(name);
        return IsRegular(path) ? path : null;
    }

    // A path that proc shows, as one that we can open.
    private static string InRoot(string root, int processId, string path) => root.Length > 0 ? root + ProcessRoot.Inside(processId, path) : path;

    private static string? FindProgram(string name, string root)
    {
        string searchPath = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        return ProgramPath.Find(name, string.Join(':', searchPath.Split(':').Where(d => d.StartsWith('/')).Select(d => root + d)));
    }

    // A library that the process has mapped is the one that is meant, wherever it came from.
    private static string? FindMapped(string name, int processId)
    {
        foreach (ReadOnlySpan<char> line in (PseudoFile.TryReadText($"/proc/{processId}/maps") ?? "").AsSpan().EnumerateLines())
        {
            int slash = line.IndexOf('/');
            if (slash < 0)
                continue;
            string path = line[slash..].ToString(), file = Path.GetFileName(path);
            if (LibraryPath.IsVersionOf(name, file) || LibraryPath.IsVersionOf($"{name}.so", file) || LibraryPath.IsVersionOf($"lib{name}.so", file))
                return path;
        }
        return null;
    }

    // The same mount namespace and the same root directory.
    private static bool SharesOurFiles(int processId) =>
        Same($"/proc/{processId}/ns/mnt", "/proc/self/ns/mnt") && Same($"/proc/{processId}/root", "/proc/self/root");

    private static bool Same(string one, string other) =>
        FileFacts.TryGet(one, out FileStatus first) && FileFacts.TryGet(other, out FileStatus second)
        && first.Inode == second.Inode && first.DeviceMajor == second.DeviceMajor && first.DeviceMinor == second.DeviceMinor;

    private static bool IsRegular(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle? file = RegularFile.TryOpen(path);
        return file is not null;
    }
}
