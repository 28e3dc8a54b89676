using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

public sealed unsafe partial class KernelMap
{
    /// <summary>Gives the map a name in the file system of BPF, under which it outlives this process.</summary>
    /// <param name="path">Below a mount of bpffs; nothing is there yet.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using DescriptorUse use = Descriptor.Use();
        fixed (byte* pointer = CString.Bytes(path))
        {
            var attributes = new ObjectPathAttributes { Path = (ulong)pointer, Descriptor = use.Number };
            if (BpfSyscall.Call(BpfCommand.ObjectPin, ref attributes, out Errno error) < 0)
                throw new BpfException($"pin map '{Name}' at {path}", BpfCommand.ObjectPin.KernelName(), error,
                    error == Errno.NotPermitted || error == Errno.NoEntry ? "the path must lie in a mount of bpffs, such as /sys/fs/bpf" : null);
        }
    }

    /// <summary>Opens a map by its path in the file system of BPF; null where nothing is.</summary>
    /// <exception cref="BpfException">What is there is no map, or cannot be opened.</exception>
    public static KernelMap? TryOpenPinned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Descriptor? descriptor;
        Errno error;
        fixed (byte* pointer = CString.Bytes(path))
        {
            var attributes = new ObjectPathAttributes { Path = (ulong)pointer };
            descriptor = BpfSyscall.Open(BpfCommand.ObjectGet, ref attributes, out error);
        }
        if (descriptor is null)
            return error == Errno.NoEntry ? null : throw new BpfException($"open the map pinned at {path}", BpfCommand.ObjectGet.KernelName(), error);
        BpfMapInfo info = default;
        // Programs and links are pinned in the same places, and answer with a structure of their own.
        if (!IsMap(descriptor) || !ObjectInfo.TryGet(descriptor, ref info, out error))
        {
            descriptor.Dispose();
            throw new BpfException($"open the map pinned at {path}", BpfCommand.ObjectGet.KernelName(), Errno.Invalid, "what is pinned there is no map");
        }
        return new KernelMap(descriptor, new MapParameters((Bytecode.MapType)info.Type, (int)info.KeySize, (int)info.ValueSize, info.MaxEntries)
        {
            Name = info.Name.ToString(),
            Flags = (MapFlags)info.Flags,
        });
    }

    private static bool IsMap(Descriptor descriptor)
    {
        using DescriptorUse use = descriptor.Use();
        return File.ResolveLinkTarget($"/proc/self/fd/{use.Number}", returnFinalTarget: false)?.Name.Contains("bpf-map", StringComparison.Ordinal) == true;
    }
}
