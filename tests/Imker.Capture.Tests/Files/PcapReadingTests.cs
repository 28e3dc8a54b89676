namespace Imker.Capture.Tests.Files;

public sealed class PcapReadingTests
{
    private const uint Nanoseconds = 0xa1b23c4d, Modified = 0xa1b2cd34;

    [Theory]
    [InlineData(false, 0xa1b2c3d4, 1_700_000_000_123_456_000)]
    [InlineData(true, 0xa1b2c3d4, 1_700_000_000_123_456_000)]
    [InlineData(false, Nanoseconds, 1_700_000_000_000_123_456)]
    [InlineData(true, Nanoseconds, 1_700_000_000_000_123_456)]
    public void Both_byte_orders_and_both_time_units_are_read(bool isBigEndian, uint magic, long expected)
    {
        byte[] data = CaptureBytes.Packet(60);
        byte[] file = new CaptureBytes(isBigEndian).PcapHeader(magic).Record(1_700_000_000, 123_456, data, original: 1500).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal([new ReadPacket(expected, Convert.ToHexString(data), 1500, 1, 0, null, PacketDirection.Unknown)], packets);
    }

    [Fact]
    public void Records_of_the_modified_format_tell_interface_and_direction()
    {
        byte[] data = CaptureBytes.Packet(60);
        byte[] file = new CaptureBytes(false).PcapHeader(Modified)
            .UInt32(1).UInt32(2).UInt32(60).UInt32(60).UInt32(3).UInt16(0x0800).UInt16(4).Bytes(data).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal([new ReadPacket(1_000_002_000, Convert.ToHexString(data), 60, 1, 3, null, PacketDirection.Outgoing)], packets);
    }

    [Theory]
    [InlineData(2, 60u, 40u)]
    [InlineData(3, 60u, 40u)]
    [InlineData(3, 40u, 60u)]
    public void Old_versions_have_the_two_lengths_the_other_way_round(ushort minor, uint first, uint second)
    {
        byte[] file = new CaptureBytes(false).PcapHeader(minor: minor).UInt32(1).UInt32(2).UInt32(first).UInt32(second).Bytes(new byte[40]).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal((60u, 80), (packets[0].OriginalLength, packets[0].Data.Length));
    }

    [Theory]
    [InlineData(101u, 12)]
    [InlineData(12u, 12)]
    [InlineData(109u, 109)]
    [InlineData(276u, 276)]
    [InlineData(0xfc000000 | 113, 113)]
    public void The_link_type_of_a_file_becomes_that_of_programs(uint inFile, int expected)
    {
        using CaptureFileReader reader = CaptureFileReader.Open(new MemoryStream(new CaptureBytes(false).PcapHeader(linkType: inFile).ToArray()), "test");
        Assert.Equal((expected, inFile & 0xfc000000), (reader.LinkType, reader.FrameCheckBits));
    }

    [Fact]
    public void Not_more_of_a_packet_is_shown_than_the_snapshot_length()
    {
        byte[] file = new CaptureBytes(false).PcapHeader(snapLength: 40).Record(1, 0, new byte[60]).Record(2, 0, new byte[30]).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal([80, 60], packets.Select(p => p.Data.Length));
    }

    [Fact]
    public void A_file_is_read_that_comes_byte_by_byte()
    {
        var bytes = new CaptureBytes(true).PcapHeader();
        for (int i = 0; i < 20; i++)
            bytes.Record((uint)i, 0, CaptureBytes.Packet(i * 10, i));
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(new SlowStream(bytes.ToArray()));
        Assert.Null(error);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Convert.ToHexString(CaptureBytes.Packet(i * 10, i))), packets.Select(p => p.Data));
    }

    [Fact]
    public void Packets_larger_than_the_window_are_read_whole()
    {
        byte[] large = CaptureBytes.Packet(262144), small = CaptureBytes.Packet(10);
        byte[] file = new CaptureBytes(false).PcapHeader().Record(1, 0, small).Record(2, 0, large).Record(3, 0, large).Record(4, 0, small).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal([small, large, large, small], packets.Select(p => Convert.FromHexString(p.Data)));
    }

    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
