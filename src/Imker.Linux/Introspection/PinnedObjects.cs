using System.Collections.Immutable;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Where objects are pinned, in every mount of bpffs that this process sees.</summary>
public sealed class PinnedObjects
{
    private const int DeepestDirectory = 32;

    private readonly Dictionary<(KernelObjectKind Kind, uint Id), List<string>> paths = [];

    private PinnedObjects()
    {
    }

    public static PinnedObjects Find()
    {
        var result = new PinnedObjects();
        foreach (string mount in Mounts(PseudoFile.TryReadText("/proc/self/mountinfo") ?? ""))
            result.Walk(mount, 0);
        return result;
    }

    /// <summary>Sorted.</summary>
    public ImmutableArray<string> Of(KernelObjectKind kind, uint id) => paths.TryGetValue((kind, id), out List<string>? found) ? [.. found] : [];

    // 30 23 0:27 / /sys/fs/bpf rw,relatime - bpf bpf rw
    internal static IEnumerable<string> Mounts(string mounts) =>
        from line in mounts.Split('\n')
        where line.Contains(" - bpf ", StringComparison.Ordinal)
        let words = line.Split(' ')
        where words.Length > 4 && !words[4].Contains('\\', StringComparison.Ordinal)
        select words[4];

    private void Walk(string directory, int depth)
    {
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                if (entry.LinkTarget is not null)
                    continue;
                if (entry is DirectoryInfo && depth < DeepestDirectory)
                    Walk(entry.FullName, depth + 1);
                else if (entry is FileInfo)
                    Add(entry.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was removed meanwhile, or is somebody else's.
        }
    }

    private void Add(string path)
    {
        using Descriptor? descriptor = ObjectPins.TryOpen(path, out _);
        if (descriptor is null || ObjectPins.KindOf(descriptor) is not { } kind || IdOf(descriptor, kind) is not { } id)
            return;
        if (!paths.TryGetValue((kind, id), out List<string>? list))
            paths.Add((kind, id), list = []);
        list.Add(path);
    }

    private static uint? IdOf(Descriptor descriptor, KernelObjectKind kind)
    {
        BpfProgramInfo program = default;
        BpfMapInfo map = default;
        BpfLinkInfo link = default;
        return kind switch
        {
            KernelObjectKind.Program => ObjectInfo.TryGet(descriptor, ref program, out _) ? program.Id : null,
            KernelObjectKind.Map => ObjectInfo.TryGet(descriptor, ref map, out _) ? map.Id : null,
            KernelObjectKind.Link => ObjectInfo.TryGet(descriptor, ref link, out _) ? link.Id : null,
            _ => null,
        };
    }
}
