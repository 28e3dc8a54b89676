using Microsoft.Win32.SafeHandles;

namespace Imker.Linux;

/// <summary>Reads files to be shown whose names may come from traced processes: a pipe would hold us up, a device might do something.</summary>
public static class ShownFile
{
    /// <summary>The beginning of a regular file, those of proc and sysfs among them.</summary>
    /// <param name="path">Links are followed.</param>
    /// <param name="most">Bytes.</param>
    /// <exception cref="FileAccessException">It cannot be opened, or is something else.</exception>
    public static byte[] ReadBeginning(string path, int most)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SafeFileHandle file = (path.Contains('\0') ? null : RegularFile.TryOpen(path))
            ?? throw new FileAccessException($"cannot show '{path}': it is not there, closed to us, or no regular file");
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        byte[] content = new byte[most];
        return content[..stream.ReadAtLeast(content, most, throwOnEndOfStream: false)];
    }
}
