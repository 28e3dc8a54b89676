using System.Text;

namespace Imker.Symbols.Tests;

public class StackTextTests
{
    private static readonly KernelSymbols Kernel = new(() => new MemoryStream(Encoding.UTF8.GetBytes(
        "ffffffff81000100 t vfs_read\nffffffff81000300 t ksys_read\nffffffffc0200000 t loop_queue_rq\t[loop]\n")));

    private static readonly ProcessSymbols User = new(new TestProcessFiles
    {
        Maps = _ => "7000-8000 r-xp 00000000 08:01 9 /bin/gone\n9000-a000 r-xp 00000000 00:00 0\n"u8.ToArray(),
        PathOf = (_, _) => null,
    });

    [Fact]
    public void Frames_are_indented_names_with_offsets() =>
        Assert.Equal(
            ["        vfs_read+5", "        ksys_read+16", "        loop_queue_rq+0", "        0xffffffff90000000"],
            StackText.OfKernel(
                [0xffffffff81000105, 0xffffffff81000310, 0xffffffffc0200000, 0xffffffff90000000, 0, 0], StackMode.Bpftrace, Kernel));

    [Fact]
    public void Perf_shows_addresses_and_modules()
    {
        Assert.Equal(
            ["\tffffffff81000105 vfs_read+5", "\tffffffffc0200001 loop_queue_rq+1 [loop]"],
            StackText.OfKernel([0xffffffff81000105, 0xffffffffc0200001], StackMode.Perf, Kernel));
        Assert.Equal(
            ["\t7010 0x7010 (/bin/gone)", "\t9010 0x9010 ([unknown])", "\tb000 0xb000 ([unknown])"],
            StackText.OfProcess([0x7010, 0x9010, 0xb000], StackMode.Perf, 1, User));
    }

    [Fact]
    public void Raw_shows_addresses_alone()
    {
        Assert.Equal(["ffffffff81000105", "10"], StackText.OfKernel([0xffffffff81000105, 0x10], StackMode.Raw, Kernel));
        Assert.Empty(StackText.OfProcess([0, 0], StackMode.Raw, 1, User));
    }
}
