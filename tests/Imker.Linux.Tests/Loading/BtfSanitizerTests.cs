using CsCheck;
using Imker.Btf;

namespace Imker.Linux.Tests.Loading;

public sealed class BtfSanitizerTests
{
    [Fact]
    public void Newer_kinds_become_older_ones_and_every_id_stays()
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

        Assert.True(BtfSanitizer.TryRewrite(builder.ToArray(), out byte[] older));

        BtfFile file = BtfFile.Read("older", older);
        Assert.Equal(
            [BtfKind.Int, BtfKind.Struct, BtfKind.Const, BtfKind.Pointer, BtfKind.Union, BtfKind.Struct, BtfKind.Int],
            new[] { integer, real, tag, pointer, wide, record, declared }.Select(id => file[id].Kind));
        Assert.Equal(8u, file[real].Size);
        Assert.Equal(8u, file[wide].Size);
        using BtfHandle handle = BtfHandle.Load(older);
    }

    [Fact]
    public void Old_type_information_is_left_as_it_is()
    {
        var builder = new BtfBuilder();
        builder.AddPointer(builder.AddInt("int", 4));
        Assert.False(BtfSanitizer.TryRewrite(builder.ToArray(), out _));
    }

    [Fact]
    public void Garbage_is_left_as_it_is()
    {
        var builder = new BtfBuilder();
        builder.AddTypeTag("user", builder.AddFloat("float", 4));
        byte[] valid = builder.ToArray();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, 8].Sample(changes =>
        {
            byte[] mutated = [.. valid];
            foreach ((int at, byte value) in changes)
                mutated[at] = value;
            BtfSanitizer.TryRewrite(mutated, out _);
        });
        Gen.Byte.Array[0, 64].Sample(bytes => Assert.False(BtfSanitizer.TryRewrite(bytes, out _)));
    }
}
