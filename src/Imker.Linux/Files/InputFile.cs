using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Reads whole files that a user names: regular ones, or descriptors that were handed over, and none without an end.</summary>
public static class InputFile
{
    /// <summary>
    /// All bytes of a file. A path has to lead to a regular file. <c>-</c>, <c>/dev/stdin</c> and <c>/dev/fd/N</c> may be pipes: the
    /// one who started us connected them.
    /// </summary>
    /// <param name="what">What it is to be, for messages: <c>the target description</c>.</param>
    /// <param name="path">Links are followed.</param>
    /// <param name="largest">Bytes; a larger file is refused.</param>
    /// <exception cref="FileAccessException">It cannot be opened, is something else, or too large.</exception>
    public static byte[] Read(string what, string path, int largest)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string doing = $"read {what} {path}";
        using Descriptor file = GivenDescriptor.TryParse(path, out int number) ? GivenDescriptor.Duplicate(doing, number) : Open(doing, path);
        return PseudoFile.TryRead(file, out Errno error, largest)
            ?? throw new FileAccessException($"cannot {doing}: " + (error == Errno.TooBig ? $"it has more than {largest >> 20} MiB" : error.Text));
    }

    private static Descriptor Open(string doing, string path)
    {
        using Descriptor place = RegularFile.TryLocate(path) ?? throw new FileAccessException($"cannot {doing}: {Libc.LastError.Text}");
        if (!FileFacts.TryGet(place, out FileStatus status) || !status.IsRegular)
            throw new FileAccessException($"cannot {doing}: it is no regular file; what a pipe holds is read from standard input, by the name '-'");
        return RegularFile.TryReopen(place, LibcConstants.OpenReadOnly, out Errno error) ?? throw new FileAccessException($"cannot {doing}: {error.Text}");
    }
}
