using System.Text;
using CsCheck;

namespace Imker.Symbols.Tests;

public class KernelSymbolsTests
{
    private const string Kallsyms = """
        ffffffff81000000 T _stext
        ffffffff81000000 T _text
        ffffffff81000100 t vfs_read
        ffffffff81000200 D a_variable
        ffffffff81000300 W vfs_write
        ffffffffc0201000 t probe	[loop]
        ffffffffc0300000 t bpf_prog_1	[bpf]
        ffffffffc0200000 T init	[loop]

        """;

    [Theory]
    [InlineData(0xffffffff81000000, "_stext", 0UL, null)]
    [InlineData(0xffffffff81000100, "vfs_read", 0UL, null)]
    [InlineData(0xffffffff81000210, "vfs_read", 0x110UL, null)]
    [InlineData(0xffffffff81000301, "vfs_write", 1UL, null)]
    [InlineData(0xffffffffc0200fff, "init", 0xfffUL, "loop")]
    [InlineData(0xffffffffc0201001, "probe", 1UL, "loop")]
    [InlineData(0xffffffffc0300000, "bpf_prog_1", 0UL, "bpf")]
    [InlineData(0xffffffff80ffffff, null, 0UL, null)]
    [InlineData(0xffffffff91000000, null, 0UL, null)]
    [InlineData(0, null, 0UL, null)]
    public void An_address_belongs_to_the_function_before_it(ulong address, string? name, ulong offset, string? module) =>
        Assert.Equal(new Symbolized(address, name, offset, module), Symbols(Kallsyms).Resolve(address));

    [Fact]
    public void Names_have_addresses_variables_too()
    {
        KernelSymbols symbols = Symbols(Kallsyms);
        Assert.True(symbols.TryFindAddress("a_variable", out ulong address));
        Assert.Equal(0xffffffff81000200, address);
        Assert.True(symbols.TryFindAddress("probe", out address));
        Assert.Equal(0xffffffffc0201000, address);
        Assert.False(symbols.TryFindAddress("vfs", out _));
    }

    [Fact]
    public void The_file_is_read_when_the_first_address_is_asked_for_and_only_then()
    {
        int opened = 0;
        var symbols = new KernelSymbols(() =>
        {
            opened++;
            return new MemoryStream(Encoding.UTF8.GetBytes(Kallsyms));
        });
        Assert.Equal(0, opened);
        symbols.Resolve(0xffffffff81000100);
        symbols.Resolve(0xffffffff81000300);
        Assert.Equal(1, opened);
    }

    [Fact]
    public void Hidden_addresses_and_unreadable_files_are_told()
    {
        Assert.Null(Symbols(Kallsyms).Unavailable);
        KernelSymbols hidden = Symbols("0000000000000000 T vfs_read\n0000000000000000 T vfs_write\n");
        Assert.Contains("kptr_restrict", hidden.Unavailable);
        Assert.Null(hidden.Resolve(0).Name);
        Assert.False(hidden.TryFindAddress("vfs_read", out _));
        var unreadable = new KernelSymbols(() => throw new UnauthorizedAccessException("Access is denied."));
        Assert.Contains("Access is denied.", unreadable.Unavailable);
        Assert.Equal("0xabc", unreadable.Resolve(0xabc).ToString());
        Assert.False(unreadable.TryFindAddress("vfs_read", out _));
    }

    [Theory]
    [InlineData("vfs_read")]
    [InlineData("vfs_write")]
    [InlineData("schedule")]
    public void The_running_kernel_gives_a_name_back_for_its_address(string name)
    {
        var symbols = new KernelSymbols();
        if (symbols.Unavailable is { } reason)
            Assert.Skip(reason);
        Assert.True(symbols.TryFindAddress(name, out ulong address));
        Assert.Equal(name, symbols.Resolve(address).Name);
        Assert.Equal($"{name}+4", symbols.Resolve(address + 4).ToStringWithOffset());
    }

    [Fact]
    public void No_text_breaks_it() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Mutated.Of(Encoding.UTF8.GetBytes(Kallsyms))).Sample(bytes =>
        {
            var symbols = new KernelSymbols(() => new MemoryStream(bytes));
            Symbolized found = symbols.Resolve(0xffffffff81000150);
            Assert.True(found.Offset < 1024 * 1024);
            symbols.TryFindAddress("vfs_read", out _);
        });

    private static KernelSymbols Symbols(string text) => new(() => new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
