using Imker.Btf;

namespace Imker.Linux;

/// <summary>The types of the running kernel and its modules, for CO-RE.</summary>
public static class RunningKernelTypes
{
    private const string Directory = "/sys/kernel/btf";

    private static readonly Lazy<CoreTarget?> target = new(() => KernelBtfFile.Types is { } types ? new CoreTarget(types, () => ReadModules(types)) : null);

    /// <summary>Null where the kernel has no BTF.</summary>
    public static CoreTarget? Target => target.Value;

    private static IEnumerable<BtfFile> ReadModules(BtfFile kernel)
    {
        if (!System.IO.Directory.Exists(Directory))
            yield break;
        foreach (string path in System.IO.Directory.EnumerateFiles(Directory).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            // A module may go while this is read: its types are then nobody's.
            if (name != "vmlinux" && PseudoFile.TryRead(path) is { } bytes && BtfFile.TryRead(name, bytes, kernel, out BtfFile? module, out _))
                yield return module;
        }
    }
}
