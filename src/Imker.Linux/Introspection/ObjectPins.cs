using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>BPF_OBJ_PIN and BPF_OBJ_GET: names in the file system of BPF, under which objects outlive processes.</summary>
internal static unsafe class ObjectPins
{
    /// <param name="what">As messages call it: <c>map 'counts'</c>.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static void Pin(Descriptor descriptor, string what, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using DescriptorUse use = descriptor.Use();
        fixed (byte* pointer = CString.Bytes(path))
        {
            var attributes = new ObjectPathAttributes { Path = (ulong)pointer, Descriptor = use.Number };
            if (BpfSyscall.Call(BpfCommand.ObjectPin, ref attributes, out Errno error) < 0)
                throw new BpfException($"pin {what} at {path}", BpfCommand.ObjectPin.KernelName(), error,
                    error == Errno.NotPermitted || error == Errno.NoEntry ? "the path must lie in a mount of bpffs, such as /sys/fs/bpf" : null);
        }
    }

    /// <summary>What is pinned at a path; null where nothing is.</summary>
    /// <param name="kind">What it has to be.</param>
    /// <param name="path">Below a mount of bpffs.</param>
    /// <exception cref="BpfException">It is something else, or cannot be opened.</exception>
    internal static Descriptor? TryOpen(KernelObjectKind kind, string path)
    {
        string what = KernelObjects.NameOf(kind);
        if (TryOpen(path, out Errno error) is not { } descriptor)
            return error == Errno.NoEntry ? null : throw new BpfException($"open the {what} pinned at {path}", BpfCommand.ObjectGet.KernelName(), error);
        // Programs, maps and links are pinned in the same places.
        if (KindOf(descriptor) == kind)
            return descriptor;
        descriptor.Dispose();
        throw new BpfException($"open the {what} pinned at {path}", BpfCommand.ObjectGet.KernelName(), Errno.Invalid, $"what is pinned there is no {what}");
    }

    internal static Descriptor? TryOpen(string path, out Errno error)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        fixed (byte* pointer = CString.Bytes(path))
        {
            var attributes = new ObjectPathAttributes { Path = (ulong)pointer };
            return BpfSyscall.Open(BpfCommand.ObjectGet, ref attributes, out error);
        }
    }

    /// <summary>What a descriptor holds, by the name that the kernel gives its file; null for anything else.</summary>
    internal static KernelObjectKind? KindOf(Descriptor descriptor)
    {
        using DescriptorUse use = descriptor.Use();
        return PseudoFile.TryReadLink($"/proc/self/fd/{use.Number}") is { } name ? KindOf(name) : null;
    }

    /// <summary>What the name of a file in <c>/proc/PID/fd</c> stands for.</summary>
    internal static KernelObjectKind? KindOf(string fileName) => fileName switch
    {
        "anon_inode:bpf-prog" => KernelObjectKind.Program,
        "anon_inode:bpf-map" => KernelObjectKind.Map,
        "anon_inode:bpf_link" or "anon_inode:bpf-link" => KernelObjectKind.Link,
        "anon_inode:btf" => KernelObjectKind.Btf,
        _ => null,
    };
}
