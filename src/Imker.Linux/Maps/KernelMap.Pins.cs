using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

public sealed partial class KernelMap
{
    /// <summary>Gives the map a name in the file system of BPF, under which it outlives this process.</summary>
    /// <param name="path">Below a mount of bpffs; nothing is there yet.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Pin(string path) => ObjectPins.Pin(Descriptor, $"map '{Name}'", path);

    /// <summary>Opens a map by its path in the file system of BPF; null where nothing is.</summary>
    /// <exception cref="BpfException">What is there is no map, or cannot be opened.</exception>
    public static KernelMap? TryOpenPinned(string path) =>
        ObjectPins.TryOpen(KernelObjectKind.Map, path) is { } descriptor ? Own(descriptor, $"the map pinned at {path}") : null;

    /// <summary>Opens a map by its number; null when there is none.</summary>
    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public static KernelMap? TryOpen(uint id) =>
        KernelObjects.TryOpen(KernelObjectKind.Map, id) is { } descriptor ? Own(descriptor, $"map {id}") : null;

    private static KernelMap Own(Descriptor descriptor, string what)
    {
        BpfMapInfo info = default;
        if (ObjectInfo.TryGet(descriptor, ref info, out Errno error))
        {
            return new KernelMap(descriptor, new MapParameters((Bytecode.MapType)info.Type, (int)info.KeySize, (int)info.ValueSize, info.MaxEntries)
            {
                Name = info.Name.ToString(),
                Flags = (MapFlags)info.Flags,
            });
        }
        descriptor.Dispose();
        throw new BpfException($"ask about {what}", BpfCommand.ObjectGetInfoByDescriptor.KernelName(), error);
    }
}
