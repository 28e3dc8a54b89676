using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>An entry that a path led through: the directory that holds it, and what it is.</summary>
/// <param name="Directory">The directory as a person would write it.</param>
/// <param name="DirectoryStatus">Of that directory.</param>
/// <param name="Name">The entry's name in it.</param>
/// <param name="Status">Of the entry itself: of a link, not of what it leads to.</param>
internal readonly record struct PathStep(string Directory, FileStatus DirectoryStatus, string Name, FileStatus Status)
{
    internal string Path => Directory.EndsWith('/') ? Directory + Name : $"{Directory}/{Name}";
}

/// <summary>
/// A path resolved step by step and without opening anything, so that each directory and link that had a say in where it leads can
/// be judged. What was judged is held by descriptors: nobody can exchange it afterwards.
/// </summary>
internal sealed unsafe class PathResolution : IDisposable
{
    private const int MostLinks = 40;

    private readonly List<PathStep> steps = [];
    private readonly Stack<string> rest = new();
    private string directoryPath;
    private int links;

    private PathResolution(string path)
    {
        Push(path);
        directoryPath = path.StartsWith('/') ? "/" : ".";
        Directory = OpenDirectory(directoryPath);
    }

    /// <summary>In the order in which they were met.</summary>
    internal IReadOnlyList<PathStep> Steps => steps;

    /// <summary>What the path leads to, held by an <c>O_PATH</c> descriptor; null when its last name does not exist.</summary>
    internal Descriptor? Target { get; private set; }

    /// <summary>The directory of the last name.</summary>
    internal Descriptor Directory { get; private set; }

    /// <summary>The last name, once all links are followed; null when the path leads to a directory by <c>.</c> or <c>..</c>.</summary>
    internal string? Name { get; private set; }

    /// <summary>Of <see cref="Directory"/>.</summary>
    internal FileStatus DirectoryStatus => StatusOf(Directory);

    /// <summary>As a person would write it.</summary>
    internal string DirectoryPath => directoryPath;

    /// <exception cref="FileAccessException">A directory on the way is missing or closed to us, or there are too many links.</exception>
    internal static PathResolution Resolve(string doing, string path)
    {
        var resolution = new PathResolution(path);
        try
        {
            Errno error = resolution.Walk();
            return error == Errno.None ? resolution : throw new FileAccessException($"cannot {doing}: {error.Text}");
        }
        catch
        {
            resolution.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Target?.Dispose();
        Directory.Dispose();
    }

    private Errno Walk()
    {
        while (rest.TryPop(out string? name))
        {
            bool isLast = rest.Count == 0;
            Descriptor? entry = TryOpen(Directory, name, out Errno error);
            if (entry is null)
            {
                Name = name;
                return isLast && error == Errno.NoEntry ? Errno.None : error;
            }
            FileStatus status = StatusOf(entry);
            if (name != "..")
                steps.Add(new PathStep(directoryPath, DirectoryStatus, name, status));
            if (status.IsLink)
                error = Follow(entry);
            else if (status.IsDirectory)
                Enter(entry, name);
            else
                (Target, Name, error) = (entry, name, isLast ? Errno.None : Errno.NotDirectory);
            if (error != Errno.None)
                return error;
        }
        return Errno.None;
    }

    private void Enter(Descriptor entry, string name)
    {
        Directory.Dispose();
        Directory = entry;
        directoryPath = directoryPath == "." ? name : $"{directoryPath.TrimEnd('/')}/{name}";
    }

    private Errno Follow(Descriptor link)
    {
        using (link)
        {
            if (++links > MostLinks)
                return Errno.Loop;
            // The links of proc show a text that leads nowhere; what they stand for is not to be had by its name.
            if (PseudoFile.TryReadLink(link) is not { Length: > 0 } target)
                return Errno.Loop;
            Push(target);
            if (!target.StartsWith('/'))
                return Errno.None;
        }
        Directory.Dispose();
        Directory = OpenDirectory("/");
        directoryPath = "/";
        return Errno.None;
    }

    private void Push(string path)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
                rest.Push(names[i]);
        }
    }

    private static FileStatus StatusOf(Descriptor file) => FileFacts.TryGet(file, out FileStatus status) ? status : default;

    private static Descriptor OpenDirectory(string path)
    {
        fixed (byte* pointer = CString.Bytes(path))
        {
            int number = Libc.Open(pointer, LibcConstants.OpenPath | LibcConstants.OpenDirectory | LibcConstants.OpenCloseOnExec, 0);
            return number >= 0 ? new Descriptor(number) : throw new FileAccessException($"cannot open the directory {path}: {Libc.LastError.Text}");
        }
    }

    private static Descriptor? TryOpen(Descriptor directory, string name, out Errno error)
    {
        using DescriptorUse use = directory.Use();
        fixed (byte* pointer = CString.Bytes(name))
        {
            int number = Libc.OpenAt(use.Number, pointer, LibcConstants.OpenPath | LibcConstants.OpenNoFollow | LibcConstants.OpenCloseOnExec, 0);
            error = number < 0 ? Libc.LastError : Errno.None;
            return number < 0 ? null : new Descriptor(number);
        }
    }
}
