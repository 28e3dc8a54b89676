using Imker.Diagnostics;

namespace Imker.Btf.Tests;

/// <summary>BTF of a kernel module, whose types and strings are numbered on from those of the kernel.</summary>
public sealed class SplitBtfTests
{
    private const uint List = 12;
    private static readonly uint First = Fixtures.Types.Count;

    private static readonly BtfFile Module = BtfFile.Read("module", Bytes(
        [Own(0), 4 << 24 | 1, 16, Own(7), List, 0],
        [0, 2 << 24, First],
        [Own(0), 8 << 24, List]), Fixtures.Types);

    [Fact]
    public void Ids_and_strings_go_on_where_those_of_the_base_end() => Assert.Equal(
        $"""
        [{First}] STRUCT 'module' size=16 vlen=1
        	'inner' type_id=12 bits_offset=0
        [{First + 1}] PTR '(anon)' type_id={First}
        [{First + 2}] TYPEDEF 'module' type_id=12

        """, BtfListing.Format(Module));

    [Fact]
    public void Types_of_the_base_are_found_through_it()
    {
        BtfType list = Module.Find(BtfKind.Struct, "list");
        Assert.Equal(list, Module[List]);
        Assert.Same(Fixtures.Types, list.Owner);
        Assert.Equal(64u, Module.FindField(Module.Find(BtfKind.Struct, "module"), "inner.previous").BitOffset);
        Assert.True(Module.TryFindEnumerator("GREEN", out _));
        Assert.Contains("list", Module.NamesOf(BtfKind.Struct));
    }

    [Fact]
    public void A_type_past_those_of_both_is_refused() =>
        Assert.Throws<DiagnosticException>(() => BtfFile.Read("module", Bytes([0, 2 << 24, First + 1]), Fixtures.Types));

    [Fact]
    public void Without_its_base_it_is_refused() =>
        Assert.Throws<DiagnosticException>(() => BtfFile.Read("module", Bytes([Own(0), 8 << 24, List])));

    private static uint Own(uint offset) => (uint)Strings(Fixtures.Bytes("types.el.btf")).Length + offset;

    private static ReadOnlySpan<byte> Strings(byte[] btf) => btf.AsSpan(24 + BitConverter.ToInt32(btf, 16), BitConverter.ToInt32(btf, 20));

    private static byte[] Bytes(params uint[][] types)
    {
        uint[] words = [.. types.SelectMany(t => t)];
        ReadOnlySpan<byte> strings = "module\0inner\0"u8;
        uint size = 4 * (uint)words.Length;
        uint[] header = [0x0001_eb9f, 24, 0, size, size, (uint)strings.Length];
        byte[] bytes = new byte[24 + size + strings.Length];
        Buffer.BlockCopy((uint[])[.. header, .. words], 0, bytes, 0, 24 + (int)size);
        strings.CopyTo(bytes.AsSpan(24 + (int)size));
        return bytes;
    }
}
