using CsCheck;

namespace Imker.Btf.Tests;

public sealed class BtfForKernelTests
{
    [Fact]
    public void Newer_kinds_become_older_ones_and_every_id_and_size_stays()
    {
        var builder = new BtfBuilder();
        uint integer = builder.AddInt("int", 4, BtfIntEncoding.Signed);
        uint real = builder.AddFloat("double", 8);
        uint tag = builder.AddTypeTag("user", integer);
        uint pointer = builder.AddPointer(tag);
        uint wide = builder.AddEnum("wide", 8, isSigned: false, new BtfEnumeratorSpec("A", 1), new BtfEnumeratorSpec("B", long.MaxValue));
        uint record = builder.AddStruct("record", 24,
            new BtfMemberSpec("real", real, 0), new BtfMemberSpec("pointer", pointer, 64), new BtfMemberSpec("wide", wide, 128));
        uint declared = builder.AddDeclarationTag("note", record);
        uint function = builder.AddFunction("f", builder.AddFunctionPrototype(integer), BtfLinkage.Global);
        uint variable = builder.AddVariable("v", integer);
        uint section = builder.AddDataSection(".bss", 4, new BtfSectionEntrySpec(variable, 0, 4));

        BtfFile file = builder.Build("new");
        Assert.Equal(BtfKernelKinds.All, BtfForKernel.NeededBy(file));
        BtfFile older = BtfFile.Read("older", BtfForKernel.Rewrite(file, BtfKernelKinds.None));
        Assert.Equal(
            [BtfKind.Int, BtfKind.Struct, BtfKind.Const, BtfKind.Pointer, BtfKind.Union, BtfKind.Struct, BtfKind.Int, BtfKind.Function, BtfKind.Int, BtfKind.Struct],
            new[] { integer, real, tag, pointer, wide, record, declared, function, variable, section }.Select(id => older[id].Kind));
        Assert.Equal((8u, 8u, 4u), (older[real].Size, older[wide].Size, older[section].Size));
        Assert.Equal(BtfLinkage.Static, older[function].Linkage);
        Assert.Equal(("_bss", "v"), (older[section].Name, Assert.Single(older[section].Members).Name));
        Assert.Equal(BtfKernelKinds.None, BtfForKernel.NeededBy(older));
    }

    [Fact]
    public void Only_what_the_kernel_lacks_is_rewritten()
    {
        var builder = new BtfBuilder();
        uint real = builder.AddFloat("double", 8), tag = builder.AddTypeTag("user", builder.AddInt("int", 4));
        BtfFile older = BtfFile.Read("older", BtfForKernel.Rewrite(builder.Build("new"), BtfKernelKinds.All & ~BtfKernelKinds.Floats));
        Assert.Equal((BtfKind.Struct, BtfKind.TypeTag), (older[real].Kind, older[tag].Kind));
    }

    [Fact]
    public void What_every_kernel_reads_stays_as_it_is()
    {
        var builder = new BtfBuilder();
        builder.AddPointer(builder.AddInt("int", 4));
        Assert.Equal(BtfKernelKinds.None, BtfForKernel.NeededBy(builder.Build("old")));
        Assert.Equal(builder.ToArray(), BtfForKernel.Rewrite(builder.Build("old"), BtfKernelKinds.None));
    }

    [Fact]
    public void What_is_only_declared_becomes_what_a_kernel_takes()
    {
        var builder = new BtfBuilder();
        uint integer = builder.AddInt("int", 4, BtfIntEncoding.Signed);
        uint prototype = builder.AddFunctionPrototype(integer, new BtfParameterSpec("", integer));
        uint function = builder.AddFunction("bpf_iter_num_new", prototype, BtfLinkage.Extern);
        uint variable = builder.AddVariable("CONFIG_HZ", integer, BtfLinkage.Extern);
        BtfFile settled = BtfFile.Read("settled", BtfForKernel.Rewrite(builder.Build("new"), BtfKernelKinds.All));
        Assert.Equal((BtfLinkage.Global, BtfLinkage.Global), (settled[function].Linkage, settled[variable].Linkage));
        Assert.Equal("bpf_iter_num_new", Assert.Single(settled[prototype].Parameters).Name);
    }

    [Fact]
    public void Whatever_is_read_can_be_rewritten()
    {
        var builder = new BtfBuilder();
        builder.AddTypeTag("user", builder.AddFloat("float", 4));
        builder.AddDataSection(".data", 4, new BtfSectionEntrySpec(builder.AddVariable("v", builder.AddInt("int", 4)), 0, 4));
        byte[] valid = builder.ToArray();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, 8].Sample(changes =>
        {
            byte[] mutated = [.. valid];
            foreach ((int at, byte value) in changes)
                mutated[at] = value;
            if (BtfFile.TryRead("mutated", mutated, null, out BtfFile? file, out _) && file.IsLittleEndian)
                BtfFile.Read("again", BtfForKernel.Rewrite(file, BtfKernelKinds.None));
        });
    }
}
