using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Finds libraries as the dynamic linker would.</summary>
public static class LibraryPath
{
    // Where both C libraries look without being told: Debian's directories of the architecture, then the general ones.
    private static readonly string[] directories =
        [.. new[] { "/lib", "/usr/lib" }.SelectMany(d => new[] { $"{d}/{Triplet}", d, $"{d}64" }), "/usr/local/lib"];

    private const int LargestCache = 16 << 20;

    private static string Triplet => LibcConstants.IsArm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>
    /// The file of a library: <c>libc.so.6</c> as it is, <c>libc</c> and <c>c</c> in whatever version new programs get.
    /// </summary>
    /// <param name="name">Without a slash.</param>
    /// <param name="root">Put before every path: the root of another process, or nothing.</param>
    /// <returns>Null when there is none.</returns>
    public static string? Find(string name, string root = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string[] patterns = [name, $"{name}.so", $"lib{name}.so"];
        return FindInCache(patterns, root) ?? FindInDirectories(patterns, root);
    }

    /// <summary>Whether a file name is a library's name alone or with a version behind it: <c>libc.so</c>, <c>libc.so.6</c>.</summary>
    internal static bool IsVersionOf(string pattern, string fileName) =>
        fileName == pattern
        || (pattern.EndsWith(".so", StringComparison.Ordinal) && fileName.StartsWith(pattern + ".", StringComparison.Ordinal));

    private static string? FindInCache(string[] patterns, string root)
    {
        byte[] file = RegularFile.TryRead($"{root}/etc/ld.so.cache", LargestCache) ?? [];
        var known = LibraryCache.Parse(file, LibcConstants.IsArm64);
        foreach (string pattern in patterns)
        {
            foreach ((string library, string path) in known)
            {
                if (IsVersionOf(pattern, library) && IsThere(root + path))
                    return root + path;
            }
        }
        return null;
    }

    // Where there is no cache (musl), or the library is not in it.
    private static string? FindInDirectories(string[] patterns, string root)
    {
        foreach (string directory in directories)
        {
            string[] files = FilesOf(root + directory);
            foreach (string pattern in patterns)
            {
                if (files.FirstOrDefault(f => IsVersionOf(pattern, Path.GetFileName(f)) && IsThere(f)) is { } found)
                    return found;
            }
        }
        return null;
    }

    private static string[] FilesOf(string directory)
    {
        try
        {
            // Names alone: whether an entry is a file would be asked of the kernel for each.
            string[] entries = Directory.GetFileSystemEntries(directory, "*.so*");
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsThere(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle? file = RegularFile.TryOpen(path);
        return file is not null;
    }
}
