namespace Imker.Capture.Tests.Files;

public sealed class PcapNgReadingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_three_kinds_of_packet_blocks_are_read(bool isBigEndian)
    {
        byte[] data = CaptureBytes.Packet(61);
        byte[] file = new CaptureBytes(isBigEndian).Section().Interface(snapLength: 100)
            .Enhanced(0, 1_700_000_000_123_456, data, original: 90)
            .OldPacket(0, 1_700_000_000_123_457, data)
            .Simple(data, original: 61).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        string hex = Convert.ToHexString(data);
        Assert.Equal(
            [
                new ReadPacket(1_700_000_000_123_456_000, hex, 90, 1, 0, null, PacketDirection.Unknown),
                new ReadPacket(1_700_000_000_123_457_000, hex, 61, 1, 0, null, PacketDirection.Unknown),
                new ReadPacket(0, hex, 61, 1, 0, null, PacketDirection.Unknown),
            ],
            packets);
    }

    [Theory]
    [InlineData(new byte[] { 0 }, 5UL, 5_000_000_000)]
    [InlineData(new byte[] { 3 }, 5_001UL, 5_001_000_000)]
    [InlineData(new byte[] { 6 }, 5_000_001UL, 5_000_001_000)]
    [InlineData(new byte[] { 9 }, 1_700_000_000_123_456_789UL, 1_700_000_000_123_456_789)]
    [InlineData(new byte[] { 12 }, 5_000_000_001_999UL, 5_000_000_001)]
    [InlineData(new byte[] { 19 }, 10_000_000_000_000_000_000UL, 1_000_000_000)]
    [InlineData(new byte[] { 0x80 | 10 }, 1024UL + 512, 1_500_000_000)]
    [InlineData(new byte[] { 0x80 | 32 }, (5UL << 32) + (1UL << 31), 5_500_000_000)]
    [InlineData(new byte[] { 0x80 | 63 }, (1UL << 63) + (1UL << 62), 1_500_000_000)]
    [InlineData(new byte[] { 0 }, ulong.MaxValue, long.MaxValue)]
    public void Time_stamps_count_what_the_interface_says(byte[] resolution, ulong ticks, long expected)
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, 0, (9, resolution)).Enhanced(0, ticks, []).ToArray();
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(file);
        Assert.Null(error);
        Assert.Equal(expected, packets.Single().Timestamp);
    }

    [Fact]
    public void The_time_stamp_offset_is_added_in_seconds()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, 0, (14, BitConverter.GetBytes(100L)), (9, [9]))
            .Enhanced(0, 7, []).ToArray();
        Assert.Equal(100_000_000_007, ReadPacket.All(file).Packets.Single().Timestamp);
    }

    [Fact]
    public void Interfaces_have_link_types_names_and_units_of_their_own()
    {
        byte[] file = new CaptureBytes(false).Section()
            .Interface(1, 0, (2, "eth0"u8.ToArray()))
            .Interface(101, 0, (9, [9]), (2, "tun0"u8.ToArray()))
            .Enhanced(1, 5, [1, 2, 3], null, null, (2, [2, 0, 0, 0]))
            .Enhanced(0, 5, [4, 5], null, null, (2, [1, 0, 0, 0])).ToArray();
        Assert.Equal(
            [
                new ReadPacket(5, "010203", 3, 12, 1, "tun0", PacketDirection.Outgoing),
                new ReadPacket(5000, "0405", 2, 1, 0, "eth0", PacketDirection.Incoming),
            ],
            ReadPacket.All(file).Packets);
    }

    [Fact]
    public void A_section_begins_anew_in_a_byte_order_of_its_own()
    {
        byte[] second = new CaptureBytes(true).Section().Interface(101).Enhanced(0, 2, [9]).ToArray();
        byte[] file = new CaptureBytes(false).Section().Interface(1).Enhanced(0, 1, [8]).Bytes(second).ToArray();
        Assert.Equal(
            [new ReadPacket(1000, "08", 1, 1, 0, null, PacketDirection.Unknown), new ReadPacket(2000, "09", 1, 12, 0, null, PacketDirection.Unknown)],
            ReadPacket.All(file).Packets);
    }

    [Fact]
    public void Blocks_of_other_kinds_are_passed()
    {
        var bytes = new CaptureBytes(false).Section().Block(0x0bad, b => b.Bytes(new byte[100_000])).Interface();
        foreach (uint type in (uint[])[4, 5, 10, 0x80000bad])
            bytes.Block(type, b => b.Bytes(new byte[600_000])).Enhanced(0, type, [1]);
        (List<ReadPacket> packets, CaptureFileException? error) = ReadPacket.All(bytes.ToArray());
        Assert.Null(error);
        Assert.Equal(4, packets.Count);
    }

    [Fact]
    public void A_simple_packet_is_cut_to_the_interfaces_limit()
    {
        byte[] file = new CaptureBytes(false).Section().Interface(1, 8).Simple([1, 2, 3, 4, 5, 6, 7, 8], original: 100).ToArray();
        ReadPacket packet = ReadPacket.All(file).Packets.Single();
        Assert.Equal(("0102030405060708", 100u), (packet.Data, packet.OriginalLength));
    }
}
