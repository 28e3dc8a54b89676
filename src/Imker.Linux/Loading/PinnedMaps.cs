using Imker.Objects;

namespace Imker.Linux;

/// <summary>Maps that are found by their names in the file system of BPF, or put there.</summary>
internal static class PinnedMaps
{
    /// <summary>The map that is pinned under the name; null where there is none.</summary>
    /// <exception cref="BpfException">It is of another shape, or cannot be opened.</exception>
    internal static KernelMap? TryOpen(MapSpec spec, in MapParameters wanted, string directory)
    {
        string path = Path.Combine(directory, spec.Name);
        if (KernelMap.TryOpenPinned(path) is not { } map)
            return null;
        if (DifferenceOf(map, wanted) is not { } difference)
            return map;
        map.Dispose();
        throw new BpfException($"use the map pinned at {path}", "BPF_OBJ_GET", Errno.Invalid,
            $"its {difference}: remove the pin, or give the map another name");
    }

    internal static void Pin(KernelMap map, MapSpec spec, string directory) => map.Pin(Path.Combine(directory, spec.Name));

    private static string? DifferenceOf(KernelMap map, in MapParameters wanted) =>
        map.Type != wanted.Type ? $"type is {map.Type}, the object's {wanted.Type}"
        : map.KeySize != wanted.KeySize ? $"keys have {map.KeySize} bytes, the object's {wanted.KeySize}"
        : map.ValueSize != wanted.ValueSize ? $"values have {map.ValueSize} bytes, the object's {wanted.ValueSize}"
        : map.MaxEntries != wanted.MaxEntries ? $"room is for {map.MaxEntries} entries, the object's for {wanted.MaxEntries}"
        : map.Flags != wanted.Flags ? $"flags are {map.Flags}, the object's {wanted.Flags}"
        : null;
}
