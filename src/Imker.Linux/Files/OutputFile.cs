using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Opens files to write to. In a directory where everybody may put entries (sticky, as <c>/tmp</c>, or not), no link is followed and no
/// file of another user is written to, whatever <c>fs.protected_symlinks</c> and <c>fs.protected_regular</c> say.
/// </summary>
public static unsafe class OutputFile
{
    private const int StandardError = 2;
    private const uint NewFileMode = 0x1a4; // 0644

    /// <summary>An empty file, made where there is none; or a device or pipe that is there. <c>/dev/stdout</c> and <c>/dev/fd/N</c> are the descriptors.</summary>
    /// <returns>A stream whose failed writes name the file.</returns>
    /// <exception cref="FileAccessException">It cannot be opened, or somebody else put it there.</exception>
    public static Stream Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Create($"write to {path}", path);
    }

    /// <summary>
    /// Standard output. Unlike the framework's, whose writes succeed when nobody reads them any more, its writes fail then, so that a
    /// run ends with its reader.
    /// </summary>
    public static Stream OpenStandard() => Create("write to standard output", "/dev/stdout");

    /// <summary>Standard error, for what a run says of itself: where nobody takes it, it is dropped, and the run goes on.</summary>
    public static Stream OpenStandardError()
    {
        const string doing = "write to standard error";
        try
        {
            return new NamedOutput(GivenDescriptor.Duplicate(doing, StandardError), doing, isOwn: false, needsReader: false);
        }
        catch (FileAccessException)
        {
            return Stream.Null;
        }
    }

    private static NamedOutput Create(string doing, string path)
    {
        if (GivenDescriptor.TryParse(path, out int number))
            return new NamedOutput(GivenDescriptor.Duplicate(doing, number), doing, isOwn: false);
        Descriptor file = Open(doing, path);
        return new NamedOutput(file, doing, isOwn: FileFacts.TryGet(file, out FileStatus status) && status.IsRegular);
    }

    private static Descriptor Open(string doing, string path)
    {
        using PathResolution resolution = PathResolution.Resolve(doing, path);
        foreach (PathStep step in resolution.Steps)
        {
            if (step.DirectoryStatus.IsWorldWritable && Refuse(step) is { } reason)
                throw new FileAccessException($"cannot {doing}: {reason}");
        }
        return resolution.Target is { } target ? OpenExisting(doing, target) : CreateNew(doing, resolution);
    }

    private static string? Refuse(in PathStep step)
    {
        if (step.Status.IsLink)
            return $"{step.Path} is a link in a directory where everybody can put links";
        return step.Status.UserId == 0 || step.Status.UserId == Libc.EffectiveUserId()
            ? null
            : $"{step.Path} belongs to user {step.Status.UserId}, in a directory where everybody can put files";
    }

    private static Descriptor OpenExisting(string doing, Descriptor target)
    {
        Descriptor file = RegularFile.TryReopen(target, LibcConstants.OpenWriteOnly, out Errno error)
            ?? throw new FileAccessException($"cannot {doing}: {error.Text}");
        using DescriptorUse use = file.Use();
        if (FileFacts.TryGet(file, out FileStatus status) && status.IsRegular && Libc.Truncate(use.Number, 0) < 0)
            throw new FileAccessException($"cannot {doing}: {Libc.LastError.Text}");
        return file;
    }

    private static Descriptor CreateNew(string doing, PathResolution resolution)
    {
        if (resolution.Name is not { } name)
            throw new FileAccessException($"cannot {doing}: it is a directory");
        using DescriptorUse directory = resolution.Directory.Use();
        fixed (byte* pointer = CString.Bytes(name))
        {
            int flags = LibcConstants.OpenWriteOnly | LibcConstants.OpenCreate | LibcConstants.OpenExclusive | LibcConstants.OpenCloseOnExec;
            int number = Libc.OpenAt(directory.Number, pointer, flags, NewFileMode);
            return number >= 0 ? new Descriptor(number) : throw new FileAccessException($"cannot {doing}: {Libc.LastError.Text}");
        }
    }
}
