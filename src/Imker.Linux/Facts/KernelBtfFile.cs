using System.Text;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The kernel's type information, <c>/sys/kernel/btf/vmlinux</c>: mapped where this kernel can do that (6.16), else read once.
/// </summary>
public static class KernelBtfFile
{
    private const string Path = "/sys/kernel/btf/vmlinux";

    private static readonly Lazy<MappedMemory?> mapped = new(TryMap);
    private static readonly Lazy<byte[]?> read = new(() => PseudoFile.TryRead(Path));

    /// <summary>All bytes; empty where this kernel has none or it cannot be read. They stay valid as long as the process lives.</summary>
    public static ReadOnlySpan<byte> Bytes => mapped.Value is { } memory ? memory.Bytes : read.Value ?? [];

    internal static FeatureState CanBeMapped() => mapped.Value is not null ? FeatureState.Present : FeatureState.Absent;

    /// <summary>Whether a name stands among the strings, which kfuncs that the kernel has do.</summary>
    internal static FeatureState HasString(string name) =>
        Bytes.IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) >= 0 ? FeatureState.Present : FeatureState.Absent;

    private static MappedMemory? TryMap()
    {
        using Descriptor? file = PseudoFile.TryOpen(Path, out _);
        return file is not null && FileFacts.TryGet(file, out FileStatus status) && status.Size > 0
            ? MappedMemory.TryMap(file, (nuint)status.Size, 0, writable: false, out _, isPrivate: true)
            : null;
    }
}
