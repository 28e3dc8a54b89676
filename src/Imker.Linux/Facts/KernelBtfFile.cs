using System.Text;
using Imker.Btf;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The kernel's type information, <c>/sys/kernel/btf/vmlinux</c>: mapped where this kernel can do that (6.16), else read once.
/// Everything here is asked for when it is first needed and kept as long as the process lives.
/// </summary>
public static class KernelBtfFile
{
    private const string Path = "/sys/kernel/btf/vmlinux";

    private static readonly Lazy<MappedMemory?> mapped = new(TryMap);

    private static readonly Lazy<ReadOnlyMemory<byte>> bytes = new(() =>
        mapped.Value is { } pages ? new MappedMemoryManager(pages).Memory : PseudoFile.TryRead(Path) ?? ReadOnlyMemory<byte>.Empty);

    private static readonly Lazy<BtfFile?> types = new(() =>
        bytes.Value.IsEmpty ? null : BtfFile.TryRead("vmlinux", bytes.Value, null, out BtfFile? file, out _) ? file : null);

    /// <summary>All bytes; empty where this kernel has none or it cannot be read.</summary>
    public static ReadOnlyMemory<byte> Bytes => bytes.Value;

    /// <summary>The types; null where there are none.</summary>
    public static BtfFile? Types => types.Value;

    internal static FeatureState CanBeMapped() => mapped.Value is not null ? FeatureState.Present : FeatureState.Absent;

    /// <summary>Whether a name stands among the strings, which those of kfuncs that the kernel has do.</summary>
    internal static FeatureState HasString(string name) =>
        Bytes.Span.IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) >= 0 ? FeatureState.Present : FeatureState.Absent;

    private static MappedMemory? TryMap()
    {
        using Descriptor? file = PseudoFile.TryOpen(Path, out _);
        return file is not null && FileFacts.TryGet(file, out FileStatus status) && status.Size > 0
            ? MappedMemory.TryMap(file, (nuint)status.Size, 0, writable: false, out _, isPrivate: true)
            : null;
    }
}
