using CsCheck;

namespace Imker.Objects.Tests.Files;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_back_whole() => Gen.Int.Sample(seed =>
    {
        BpfObject original = RandomObject.Make(seed);
        BpfObject read = BpfObjectReader.Read(BpfObjectWriter.Write(original), "written.bpf.o");
        Assert.Equal(ObjectText.Of(original), ObjectText.Of(read));
    }, iter: 500);

    [Fact]
    public void The_same_object_gives_the_same_bytes() => Gen.Int.Sample(seed =>
    {
        byte[] bytes = BpfObjectWriter.Write(RandomObject.Make(seed));
        Assert.Equal(bytes, BpfObjectWriter.Write(RandomObject.Make(seed)));
        Assert.Equal(bytes, BpfObjectWriter.Write(BpfObjectReader.Read(bytes, "written.bpf.o")));
    }, iter: 100);

    [Fact]
    public void An_empty_object_is_a_file_too()
    {
        var empty = new BpfObject { Name = "" };
        Assert.Equal(ObjectText.Of(empty), ObjectText.Of(BpfObjectReader.Read(BpfObjectWriter.Write(empty), "empty")));
    }
}
