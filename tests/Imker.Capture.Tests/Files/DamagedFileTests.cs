using CsCheck;

namespace Imker.Capture.Tests.Files;

public sealed class DamagedFileTests
{
    private static readonly byte[] pcap = new CaptureBytes(false).PcapHeader()
        .Record(1, 1, CaptureBytes.Packet(60, 1)).Record(2, 2, CaptureBytes.Packet(0, 2)).Record(3, 3, CaptureBytes.Packet(100, 3)).ToArray();

    private static readonly byte[] pcapng = new CaptureBytes(true).Section().Interface(1, 0, (2, "eth0"u8.ToArray()), (9, [9]))
        .Enhanced(0, 1, CaptureBytes.Packet(60, 1), null, null, (2, [0, 0, 0, 1])).Block(5, b => b.Bytes(new byte[40]))
        .Simple(CaptureBytes.Packet(20, 2), 20).OldPacket(0, 1, CaptureBytes.Packet(21, 2)).ToArray();

    public static IEnumerable<TheoryDataRow<string, byte[], int, string, string>> Damaged()
    {
        CaptureBytes Pcap() => new CaptureBytes(false).PcapHeader().Record(1, 1, new byte[60]);
        CaptureBytes PcapNg() => new CaptureBytes(false).Section().Interface().Enhanced(0, 1, new byte[60]);
        yield return new("empty", [], 0, "IMK7203", "cannot read test.pcap: the file is empty (at offset 0)");
        yield return new("3 bytes", [1, 2, 3], 0, "IMK7203", "cannot read test.pcap: the file ends after 3 bytes, which is too early for a capture file (at offset 0)");
        yield return new("text", "hello world"u8.ToArray(), 0, "IMK7202", "cannot read test.pcap: it begins with 68656c6c, which neither pcap nor pcapng files do (at offset 0)");
        yield return new("header", pcap[..20], 0, "IMK7203", "cannot read test.pcap: the file ends within its header of 24 bytes, after 20 (at offset 0)");
        yield return new("version", new CaptureBytes(true).PcapHeader(major: 3).ToArray(), 0, "IMK7202", "cannot read test.pcap: it is a pcap file of version 3.4, and those up to 2.4 are known (at offset 0)");
        yield return new("record header", Pcap().UInt32(1).ToArray(), 1, "IMK7203", "cannot read test.pcap: the file ends within a record's header of 16 bytes, after 4 (at offset 100)");
        yield return new("record", Pcap().Record(1, 2, new byte[10], captured: 60).ToArray(), 1, "IMK7203", "cannot read test.pcap: the file ends within a packet of 60 bytes, after 10 (at offset 100)");
        yield return new("4 GB", Pcap().Record(1, 2, new byte[60], captured: uint.MaxValue).Record(1, 2, new byte[60]).ToArray(), 1, "IMK7204", "cannot read test.pcap: a record says that 4294967295 bytes were captured, and packets of this link type have at most 262144 (at offset 100)");
        yield return new("zero block", PcapNg().UInt32(6).UInt32(0).UInt32(0).ToArray(), 1, "IMK7204", "cannot read test.pcap: a block says that it has 0 bytes, which no block has (at offset 140)");
        yield return new("odd block", PcapNg().UInt32(6).UInt32(33).Bytes(new byte[100]).ToArray(), 1, "IMK7204", "cannot read test.pcap: a block says that it has 33 bytes, which no block has (at offset 140)");
        yield return new("4 GB block", PcapNg().UInt32(6).UInt32(0xfffffffc).Bytes(new byte[100]).ToArray(), 1, "IMK7204", "cannot read test.pcap: a block says that it has 4294967292 bytes, more than any packet (at offset 140)");
        yield return new("4 GB to pass", PcapNg().UInt32(5).UInt32(0xfffffffc).Bytes(new byte[100]).ToArray(), 1, "IMK7203", "cannot read test.pcap: the file ends within a block of 4294967292 bytes, after 108 (at offset 140)");
        yield return new("small packet block", PcapNg().UInt32(6).UInt32(16).UInt32(0).UInt32(16).ToArray(), 1, "IMK7204", "cannot read test.pcap: a block says that it has 16 bytes, and those of its type have at least 32 (at offset 140)");
        yield return new("trailer", PcapNg().UInt32(5).UInt32(16).UInt32(0).UInt32(20).ToArray(), 1, "IMK7204", "cannot read test.pcap: a block says 16 bytes at its beginning and 20 at its end (at offset 140)");
        yield return new("captured beyond block", PcapNg().Enhanced(0, 1, new byte[8], captured: 9).ToArray(), 1, "IMK7204", "cannot read test.pcap: a packet block says that 9 bytes were captured, and holds 8 (at offset 140)");
        yield return new("interface", PcapNg().Enhanced(uint.MaxValue, 1, new byte[8]).ToArray(), 1, "IMK7204", "cannot read test.pcap: a packet block names interface 4294967295 of 1 (at offset 140)");
        yield return new("no interface", new CaptureBytes(false).Section().Enhanced(0, 1, [1]).ToArray(), 0, "IMK7204", "cannot read test.pcap: a packet comes before the description of any interface (at offset 28)");
        yield return new("nothing", new CaptureBytes(false).Section().ToArray(), 0, "IMK7204", "cannot read test.pcap: the file ends before it describes an interface (at offset 28)");
        yield return new("resolution", new CaptureBytes(false).Section().Interface(1, 0, (9, [20])).ToArray(), 0, "IMK7204", "cannot read test.pcap: an interface's time stamp resolution of 10^-20 seconds is too fine for 64 bits (at offset 28)");
        yield return new("byte order", new CaptureBytes(false).Block(0x0a0d0d0a, b => b.UInt32(5).UInt32(1).UInt32(0).UInt32(0)).ToArray(), 0, "IMK7204", "cannot read test.pcap: a section's byte order mark is 00000005, which stands for no order (at offset 0)");
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void The_good_packets_come_before_an_error_that_names_the_place(string what, byte[] file, int good, string id, string message)
    {
        Assert.NotEmpty(what);
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Equal((message, id, good), (error?.Message, error?.Id, packets.Count));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<CaptureFileException>(() => CaptureFileReader.Open("/nowhere/x.pcap"));
        Assert.Equal("cannot read /nowhere/x.pcap: there is no such file", error.Message);
        Assert.Equal("cannot read /tmp: it is a directory", Assert.Throws<CaptureFileException>(() => CaptureFileReader.Open("/tmp")).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_anywhere_gives_the_packets_before_the_cut(bool isPcapNg)
    {
        byte[] file = isPcapNg ? pcapng : pcap;
        (List<ReadPacket> all, CaptureFileException? none) = ReadPacket.All(file);
        Assert.Null(none);
        int most = 0;
        for (int length = 0; length < file.Length; length++)
        {
            (List<ReadPacket> packets, _) = ReadPacket.All(file[..length]);
            Assert.Equal(all.Take(packets.Count), packets);
            Assert.True(packets.Count >= most);
            most = packets.Count;
        }
        Assert.Equal(all.Count - 1, most);
    }

    [Fact]
    public void Random_damage_never_does_more_than_end_the_reading() =>
        Gen.Select(Gen.Bool, Gen.Int[0, pcap.Length + pcapng.Length].Select(Gen.Byte).Array[1, 12]).Sample((isPcapNg, damages) =>
        {
            byte[] file = [.. isPcapNg ? pcapng : pcap];
            foreach ((int place, byte value) in damages)
                file[place % file.Length] = value;
            ReadPacket.All(file);
        }, iter: 20_000);
}
