using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Reads what is going to be run with our rights. A script that others could write, or put another one in the place of, is refused
/// by a process that holds such rights: root, or one that may load programs.
/// </summary>
public static class ScriptFile
{
    private const int Largest = 16 << 20;

    /// <summary>
    /// All bytes of a script. A path has to lead to a regular file. <c>-</c>, <c>/dev/stdin</c> and <c>/dev/fd/N</c> may be pipes: the
    /// one who started us connected them.
    /// </summary>
    /// <exception cref="FileAccessException">It cannot be opened, is too large, or others could have written it.</exception>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string doing = $"read the script {path}";
        using Descriptor file = GivenDescriptor.TryParse(path, out int number) ? TakeGiven(doing, path, number) : Open(doing, path);
        byte[]? bytes = PseudoFile.TryRead(file, out Errno error, Largest);
        return bytes ?? throw new FileAccessException($"cannot {doing}: " + (error == Errno.TooBig ? $"it has more than {Largest >> 20} MiB" : error.Text));
    }

    private static Descriptor TakeGiven(string doing, string path, int number)
    {
        Descriptor file = GivenDescriptor.Duplicate(doing, number);
        if (FileFacts.TryGet(file, out FileStatus status) && status.IsRegular && Trust.OfThisProcess?.WhoCanWrite(path, status) is { } reason)
        {
            file.Dispose();
            throw Refusal(doing, reason);
        }
        return file;
    }

    private static Descriptor Open(string doing, string path)
    {
        using PathResolution resolution = PathResolution.Resolve(doing, path);
        if (resolution.Target is not { } target)
            throw new FileAccessException($"cannot {doing}: " + (resolution.Name is null ? "it is a directory" : Errno.NoEntry.Text));
        if (!FileFacts.TryGet(target, out FileStatus status) || !status.IsRegular)
            throw new FileAccessException($"cannot {doing}: it is no regular file; what a pipe holds is read from standard input, by the name '-'");
        Judge(doing, path, resolution, status);
        return RegularFile.TryReopen(target, LibcConstants.OpenReadOnly, out Errno error) ?? throw new FileAccessException($"cannot {doing}: {error.Text}");
    }

    private static void Judge(string doing, string path, PathResolution resolution, in FileStatus file)
    {
        if (Trust.OfThisProcess is not { } trust)
            return;
        if (trust.WhoCanWrite(path, file) is { } writer)
            throw Refusal(doing, writer);
        foreach (PathStep step in resolution.Steps)
        {
            if (trust.WhoCanReplace(step) is { } replacer)
                throw Refusal(doing, replacer);
        }
    }

    private static FileAccessException Refusal(string doing, string reason) =>
        new($"cannot {doing}: it would run with rights that not everybody has, and {reason}");
}
