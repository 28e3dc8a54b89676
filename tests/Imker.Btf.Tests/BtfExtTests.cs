using Imker.Diagnostics;

namespace Imker.Btf.Tests;

public sealed class BtfExtTests
{
    private static readonly BtfExt Ext = BtfExt.Read("types.c", Fixtures.Bytes("types.el.btf.ext"), Fixtures.Types);

    [Theory]
    [InlineData("el", true)]
    [InlineData("eb", false)]
    public void What_clang_wrote_is_written_again_byte_by_byte(string order, bool isLittleEndian)
    {
        byte[] bytes = Fixtures.Bytes($"types.{order}.btf.ext");
        BtfFile types = BtfFile.Read("types.c", Fixtures.Bytes($"types.{order}.btf"));
        Assert.Equal(bytes, BtfExt.Read("types.c", bytes, types).ToArray(isLittleEndian));
    }

    [Fact]
    public void Each_function_has_its_type_in_its_section() => Assert.Equal(
        [".text 0 add", "uprobe/one 0 first_program", "uprobe/two 0 second_program"],
        Ext.Sections.SelectMany(s => s.Functions
            .Where(f => f.Slot == 0)
            .Select(f => $"{Text(s.Name)} {f.Slot} {Fixtures.Types[f.TypeId].Name}")));

    [Fact]
    public void A_line_record_tells_file_line_and_text()
    {
        BtfLineInfo line = Ext.Sections.Single(s => Text(s.Name) == "uprobe/one").Lines[0];
        string[] source = Fixtures.Text("types.c").Split('\n');
        Assert.Equal("./types.c", Text(line.FileName));
        Assert.Equal(source[line.Line - 1], Text(line.Text));
        Assert.StartsWith("__attribute__((section(\"uprobe/one\")))", Text(line.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relocation_names_a_field_by_its_access_string()
    {
        IEnumerable<(string, string, CoreRelocationKind)> relocations = Ext.Sections.Single(s => Text(s.Name) == "uprobe/one").Relocations
            .Select(r => (Fixtures.Types[r.TypeId].Name, Text(r.AccessString), r.Kind));
        Assert.Contains(("packet", Fixtures.Types.FindField(Fixtures.Types.Find(BtfKind.Struct, "packet"), "port").AccessString,
            CoreRelocationKind.FieldByteOffset), relocations);
    }

    [Fact]
    public void Records_for_loading_count_in_slots_and_pack_line_and_column_into_a_word()
    {
        Assert.Equal([2, 0, 0, 0, 7, 0, 0, 0], BtfExt.EncodeForLoad([new BtfFunctionInfo(2, 7)]));
        Assert.Equal([2, 0, 0, 0, 9, 0, 0, 0, 5, 0, 0, 0, 3, 4, 0, 0], BtfExt.EncodeForLoad([new BtfLineInfo(2, 9, 5, 1, 3)]));
    }

    [Fact]
    public void A_column_that_does_not_fit_is_told_as_the_highest_one() =>
        Assert.Equal(BtfExt.EncodeForLoad([new BtfLineInfo(0, 0, 0, 1, 1023)]), BtfExt.EncodeForLoad([new BtfLineInfo(0, 0, 0, 1, 5000)]));

    [Fact]
    public void A_record_of_a_type_that_is_not_there_is_told_with_its_offset()
    {
        byte[] bytes = Fixtures.Bytes("types.el.btf.ext");
        bytes[32 + 4 + 8 + 4] = 200;
        var e = Assert.Throws<DiagnosticException>(() => BtfExt.Read("broken.o", bytes, Fixtures.Types));
        Assert.Equal("Error: cannot read .BTF.ext of broken.o: offset 0x30: type 200, the last is 79", e.Message);
    }

    private static string Text(uint offset) => Fixtures.Types.GetString(offset);
}
