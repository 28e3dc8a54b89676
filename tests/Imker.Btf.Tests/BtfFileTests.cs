using System.Buffers.Binary;
using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Btf.Tests;

public sealed class BtfFileTests
{
    [Theory]
    [InlineData("types.el.btf")]
    [InlineData("types.eb.btf")]
    public void Everything_that_clang_wrote_is_read_as_bpftool_reads_it(string fixture) =>
        Assert.Equal(Fixtures.Text("types.dump.txt"), BtfListing.Format(BtfFile.Read(fixture, Fixtures.Bytes(fixture))));

    [Fact]
    public void Type_0_is_void_and_a_type_past_the_end_is_refused()
    {
        Assert.True(Fixtures.Types[0].IsVoid);
        Assert.Equal(0, Fixtures.Types[0].Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fixtures.Types[Fixtures.Types.Count]);
    }

    [Fact]
    public void A_type_is_found_by_kind_and_name()
    {
        Assert.Equal(10u, Fixtures.Types.Find(BtfKind.Struct, "packet").Id);
        Assert.False(Fixtures.Types.TryFind(BtfKind.Union, "packet", out _));
        Assert.False(Fixtures.Types.TryFind(BtfKind.Struct, "packe", out _));
    }

    [Theory]
    [InlineData("GREEN", 7)]
    [InlineData("BLUE", 4294967295)]
    [InlineData("INFRARED", -1)]
    [InlineData("BELOW", -0x100000000)]
    public void An_enumerator_is_found_by_its_name(string name, long value)
    {
        Assert.True(Fixtures.Types.TryFindEnumerator(name, out BtfEnumerator enumerator));
        Assert.Equal(value, enumerator.Value);
    }

    [Theory]
    [InlineData(BtfKind.Struct, "packet", 232)]
    [InlineData(BtfKind.Typedef, "u64", 8)]
    [InlineData(BtfKind.Variable, "release_name", 4)]
    public void A_type_has_a_size(BtfKind kind, string name, ulong expected)
    {
        Assert.True(Fixtures.Types.TryGetSize(Fixtures.Types.Find(kind, name), out ulong size));
        Assert.Equal(expected, size);
    }

    [Fact]
    public void Void_and_forward_declarations_have_no_size()
    {
        Assert.False(Fixtures.Types.TryGetSize(Fixtures.Types[0], out _));
        Assert.False(Fixtures.Types.TryGetSize(Fixtures.Types.Find(BtfKind.Forward, "opaque"), out _));
    }

    [Fact]
    public void Bytes_that_are_no_BTF_are_told_apart_from_broken_BTF()
    {
        Assert.False(BtfFile.TryRead("file", new byte[100], null, out _, out ImmutableArray<Diagnostic> none));
        Assert.Equal(BtfDiagnosticId.NotBtf, none.Single().Id);
        Assert.False(BtfFile.TryRead("file", Fixtures.Bytes("types.el.btf")[..^1], null, out _, out ImmutableArray<Diagnostic> cut));
        Assert.Equal(BtfDiagnosticId.Malformed, cut.Single().Id);
    }

    [Fact]
    public void A_reference_to_a_type_that_is_not_there_is_told_with_its_offset()
    {
        byte[] bytes = Fixtures.Bytes("types.el.btf");
        const int secondType = 24 + 16;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(secondType + 8), 5000);
        var e = Assert.Throws<DiagnosticException>(() => BtfFile.Read("broken.o", bytes));
        Assert.Equal("Error: cannot read BTF of broken.o: offset 0x28: type 2 refers to type 5000, the last is 79", e.Message);
    }

    [Fact]
    public void A_kind_that_is_not_known_is_told_and_not_guessed_over()
    {
        byte[] bytes = Fixtures.Bytes("types.el.btf");
        bytes[24 + 16 + 7] = 30;
        var e = Assert.Throws<DiagnosticException>(() => BtfFile.Read("newer.o", bytes));
        Assert.Equal(BtfDiagnosticId.UnknownKind, e.Diagnostics.Single().Id);
    }

    [Theory]
    [InlineData(BtfKind.Typedef, "u64")]
    [InlineData(BtfKind.Variable, "counter")]
    public void A_type_that_is_made_from_itself_is_refused(BtfKind kind, string name)
    {
        byte[] bytes = Fixtures.Bytes("types.el.btf");
        BtfType type = Fixtures.Types.Find(kind, name);
        int place = bytes.AsSpan().IndexOf((byte[])[0, 0, 0, (byte)kind, (byte)type.Target.Id, 0, 0, 0]);
        bytes[place + 4] = (byte)type.Id;
        var e = Assert.Throws<DiagnosticException>(() => BtfFile.Read("circle.o", bytes));
        Assert.Contains("circle", e.Diagnostics.Single().Message);
    }
}
