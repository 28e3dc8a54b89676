namespace Imker.Btf.Tests;

public sealed class BtfBuilderTests
{
    private const string Listing = """
        [1] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED
        [2] PTR '(anon)' type_id=0
        [3] CONST '(anon)' type_id=1
        [4] VOLATILE '(anon)' type_id=1
        [5] RESTRICT '(anon)' type_id=2
        [6] TYPEDEF 'number' type_id=3
        [7] TYPE_TAG 'user' type_id=1
        [8] INT '__ARRAY_SIZE_TYPE__' size=4 bits_offset=0 nr_bits=32 encoding=(none)
        [9] ARRAY '(anon)' type_id=6 index_type_id=8 nr_elems=12
        [10] FWD 'hidden' fwd_kind=union
        [11] STRUCT 'flags' size=4 vlen=2
        	'low' type_id=1 bits_offset=0 bitfield_size=3
        	'high' type_id=1 bits_offset=3 bitfield_size=7
        [12] UNION '(anon)' size=4 vlen=1
        	'whole' type_id=1 bits_offset=0
        [13] ENUM 'small' encoding=SIGNED size=1 vlen=2
        	'MINUS' val=-1
        	'PLUS' val=1
        [14] ENUM64 'large' encoding=UNSIGNED size=8 vlen=1
        	'HUGE' val=18446744073709551615ULL
        [15] FLOAT 'double' size=8
        [16] FUNC_PROTO '(anon)' ret_type_id=1 vlen=2
        	'format' type_id=2
        	'(anon)' type_id=0
        [17] FUNC 'print' type_id=16 linkage=global
        [18] VAR 'state' type_id=9, linkage=static
        [19] DATASEC '.bss' size=48 vlen=1
        	type_id=18 offset=0 size=48 (VAR 'state')
        [20] DECL_TAG 'argument' type_id=17 component_idx=0

        """;

    [Fact]
    public void A_builder_goes_on_where_a_BTF_ends()
    {
        byte[] first = OneOfEachKind().ToArray();
        BtfFile file = BtfFile.Read("first", first);
        var builder = BtfBuilder.From(file);
        Assert.Equal(first, builder.ToArray());
        Assert.Equal(1u, builder.AddInt("int", 4, BtfIntEncoding.Signed));
        Assert.Equal("print", file.GetString(builder.AddString("print")));
        Assert.Equal(21u, builder.AddPointer(1));
        builder.AddString("new");

        BtfFile longer = builder.Build("longer");
        Assert.Equal(21, longer.OwnCount);
        Assert.Equal(first, BtfBuilder.From(longer, file.OwnCount, file.StringsSize).ToArray());
    }

    [Fact]
    public void A_type_of_every_kind_is_written() => Assert.Equal(Listing, BtfListing.Format(OneOfEachKind().Build("built")));

    [Fact]
    public void The_other_byte_order_says_the_same() =>
        Assert.Equal(Listing, BtfListing.Format(BtfFile.Read("built", OneOfEachKind().ToArray(isLittleEndian: false))));

    [Fact]
    public void Bpftool_reads_what_is_written()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, OneOfEachKind().ToArray());
            Assert.Equal(Listing, Bpftool.Run("btf", "dump", "file", path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_same_type_and_the_same_string_are_kept_once()
    {
        BtfBuilder builder = OneOfEachKind();
        uint count = builder.Count;
        byte[] bytes = builder.ToArray();
        Assert.Equal(1u, builder.AddInt("int", 4, BtfIntEncoding.Signed));
        builder.AddStruct("flags", 4, new BtfMemberSpec("low", 1, 0, 3), new BtfMemberSpec("high", 1, 3, 7));
        Assert.Equal(builder.AddString("state"), builder.AddString("state"));
        Assert.Equal(count, builder.Count);
        Assert.Equal(bytes, builder.ToArray());
    }

    [Fact]
    public void A_struct_may_point_to_itself_when_it_is_declared_first()
    {
        var builder = new BtfBuilder();
        uint list = builder.Declare(BtfKind.Struct, "list");
        builder.Define(list, 8, new BtfMemberSpec("next", builder.AddPointer(list), 0));
        BtfFile file = builder.Build("built");
        BtfType found = file.Find(BtfKind.Struct, "list");
        Assert.Equal(found, found.Members.Single().Type.Target);
        Assert.Throws<InvalidOperationException>(() => builder.Define(list, 8));
    }

    [Fact]
    public void A_struct_that_was_only_declared_is_refused()
    {
        var builder = new BtfBuilder();
        builder.Declare(BtfKind.Union, "open");
        Assert.Throws<InvalidOperationException>(() => builder.ToArray());
    }

    [Fact]
    public void A_type_that_was_not_added_and_a_value_that_does_not_fit_are_refused()
    {
        var builder = new BtfBuilder();
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddPointer(1));
        Assert.Throws<ArgumentException>(() => builder.AddEnum("e", 4, isSigned: false, new BtfEnumeratorSpec("MINUS", -1)));
        Assert.Throws<ArgumentException>(() => builder.AddFunction("f", 0));
        Assert.Throws<ArgumentException>(() => builder.AddString("a\0b"));
    }

    private static BtfBuilder OneOfEachKind()
    {
        var builder = new BtfBuilder();
        uint number = builder.AddInt("int", 4, BtfIntEncoding.Signed);
        uint pointer = builder.AddPointer(0);
        uint constant = builder.AddConst(number);
        builder.AddVolatile(number);
        builder.AddRestrict(pointer);
        uint typedef = builder.AddTypedef("number", constant);
        builder.AddTypeTag("user", number);
        uint array = builder.AddArray(typedef, 12);
        builder.AddForward("hidden", isUnion: true);
        builder.AddStruct("flags", 4, new BtfMemberSpec("low", number, 0, 3), new BtfMemberSpec("high", number, 3, 7));
        builder.AddUnion("", 4, new BtfMemberSpec("whole", number, 0));
        builder.AddEnum("small", 1, isSigned: true, new BtfEnumeratorSpec("MINUS", -1), new BtfEnumeratorSpec("PLUS", 1));
        builder.AddEnum("large", 8, isSigned: false, new BtfEnumeratorSpec("HUGE", -1));
        builder.AddFloat("double", 8);
        uint prototype = builder.AddFunctionPrototype(number, new BtfParameterSpec("format", pointer), new BtfParameterSpec("", 0));
        uint function = builder.AddFunction("print", prototype, BtfLinkage.Global);
        uint variable = builder.AddVariable("state", array, BtfLinkage.Static);
        builder.AddDataSection(".bss", 48, new BtfSectionEntrySpec(variable, 0, 48));
        builder.AddDeclarationTag("argument", function, componentIndex: 0);
        return builder;
    }

    [Fact]
    public void A_data_section_keeps_its_id_when_it_is_changed_or_dropped()
    {
        var types = new BtfBuilder();
        uint variable = types.AddVariable("v", types.AddInt("int", 4, BtfIntEncoding.Signed));
        uint first = types.AddDataSection(".bss", 0, new BtfSectionEntrySpec(variable, 0, 4)), second = types.AddDataSection(".maps", 0);
        types.AddForward("late");
        types.ReplaceDataSection(first, 8, new BtfSectionEntrySpec(variable, 4, 4));
        types.DropDataSection(second);
        BtfFile file = types.Build("changed");
        Assert.Equal((8u, 4u), (file[first].Size, file[first].SectionEntries[0].Offset));
        Assert.Equal(BtfKind.Pointer, file[second].Kind);
        Assert.Throws<ArgumentException>(() => types.DropDataSection(variable));
    }
}
