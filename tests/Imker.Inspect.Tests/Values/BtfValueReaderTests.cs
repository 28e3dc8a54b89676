using CsCheck;
using Imker.Btf;
using Imker.Rendering;

namespace Imker.Inspect.Tests.Values;

public sealed class BtfValueReaderTests
{
    [Fact]
    public void Values_of_each_kind_are_read()
    {
        var types = new BtfBuilder();
        uint integer = types.AddInt("int", 4, BtfIntEncoding.Signed), unsigned = types.AddInt("unsigned int", 4, BtfIntEncoding.Unsigned);
        uint character = types.AddInt("char", 1, BtfIntEncoding.Signed), boolean = types.AddInt("_Bool", 1, BtfIntEncoding.Bool), octet = types.AddInt("unsigned char", 1, BtfIntEncoding.Unsigned);
        uint text = types.AddArray(character, 4), octets = types.AddArray(octet, 2);
        uint colour = types.AddEnum("colour", 4, isSigned: false, new BtfEnumeratorSpec("RED", 1), new BtfEnumeratorSpec("GREEN", 2));
        uint inner = types.AddStruct("", 8, new BtfMemberSpec("x", integer, 0), new BtfMemberSpec("y", integer, 32));
        uint outer = types.AddStruct("outer", 28,
            new BtfMemberSpec("name", text, 0), new BtfMemberSpec("shade", colour, 32), new BtfMemberSpec("", inner, 64),
            new BtfMemberSpec("yes", boolean, 128), new BtfMemberSpec("raw", octets, 136), new BtfMemberSpec("low", unsigned, 160, 3),
            new BtfMemberSpec("high", integer, 163, 5), new BtfMemberSpec("other", colour, 192));
        BtfFile file = types.Build("test");
        byte[] bytes = [(byte)'b', (byte)'e', 0, 9, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 5, 0, 0, 0, 1, 7, 8, 0, 0b11111_101, 0, 0, 0, 77, 0, 0, 0];
        Assert.Equal("{ .name = be, .shade = GREEN, .x = -1, .y = 5, .yes = true, .raw = [7,8], .low = 5, .high = -1, .other = 77 }", BtfValueReader.Read(file[outer], bytes).ToString());
    }

    [Fact]
    public void Bytes_that_are_too_few_leave_members_out()
    {
        var types = new BtfBuilder();
        uint integer = types.AddInt("int", 4, BtfIntEncoding.Signed);
        uint pair = types.AddStruct("pair", 8, new BtfMemberSpec("a", integer, 0), new BtfMemberSpec("b", integer, 32));
        BtfFile file = types.Build("test");
        Assert.Equal(OutputValueKind.None, BtfValueReader.Read(file[pair], [1, 0, 0]).Kind);
    }

    /// <summary>Any type of the kernel over any bytes: no exception, and never more than the bytes hold.</summary>
    [Fact]
    public void No_type_of_the_kernel_and_no_bytes_are_too_odd()
    {
        BtfFile kernel = BtfFile.Read("vmlinux", File.ReadAllBytes("/sys/kernel/btf/vmlinux"));
        Gen.Select(Gen.UInt[1, kernel.Count - 1], Gen.Byte.Array[0, 600]).Sample(
            (id, bytes) =>
            {
                using var text = new Utf8Buffer();
                TextValueWriter.Write(text, BtfValueReader.Read(kernel[id], bytes), TextEscaping.Line);
                JsonValueWriter.Write(text, BtfValueReader.Read(kernel[id], bytes));
            },
            iter: 20_000);
    }
}
