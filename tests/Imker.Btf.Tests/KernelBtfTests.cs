namespace Imker.Btf.Tests;

/// <summary>The running kernel's types, read by us and by bpftool.</summary>
public sealed class KernelBtfTests
{
    private const string KernelPath = "/sys/kernel/btf/vmlinux";
    private static readonly Lazy<BtfFile> Kernel = new(() => BtfFile.Read(KernelPath, File.ReadAllBytes(KernelPath)));

    [Fact]
    public void All_types_of_the_kernel_are_read_as_bpftool_reads_them()
    {
        RequireKernelBtf();
        string[] expected = Bpftool.Run("btf", "dump", "file", KernelPath).Split('\n');
        string[] actual = BtfListing.Format(Kernel.Value).Split('\n');
        Assert.True(expected.Length > 100_000);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_type_of_the_current_task_is_found_and_its_name_has_16_bytes()
    {
        RequireKernelBtf();
        BtfField comm = Kernel.Value.FindField(Kernel.Value.Find(BtfKind.Struct, "task_struct"), "comm");
        Assert.True(Kernel.Value.TryGetSize(comm.Type, out ulong size));
        Assert.Equal(16ul, size);
    }

    [Fact]
    public void Every_named_struct_is_found_by_its_name()
    {
        RequireKernelBtf();
        foreach (BtfType type in Kernel.Value.OwnTypes.Where(t => t.Kind == BtfKind.Struct && t.Name.Length > 0))
            Assert.Contains(type, Kernel.Value.FindAll(BtfKind.Struct, type.Name));
    }

    private static void RequireKernelBtf() => Assert.SkipUnless(File.Exists(KernelPath), "this kernel has no BTF: CONFIG_DEBUG_INFO_BTF");
}
