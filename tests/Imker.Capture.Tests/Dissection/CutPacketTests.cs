namespace Imker.Capture.Tests.Dissection;

/// <summary>Packets that end too early end with tcpdump's words, at nearly every length.</summary>
public sealed class CutPacketTests
{
    public static TheoryData<string, string> Sets => PacketSets.With("-n", "-nvv", "-neX");

    [Theory]
    [MemberData(nameof(Sets))]
    public void Cut_packets_print_as_with_tcpdump(string set, string flags)
    {
        Tcpdump.Require();
        PacketSet whole = PacketSets.Of(set);
        Comparison comparison = Tcpdump.Compare(whole.Truncated(1 + whole.Packets.Count / 60, 60), flags);
        Assert.True(comparison.Different * 100 <= comparison.Count, comparison.ToString());
    }

    [Fact]
    public void The_bytes_of_a_time_packet_that_is_cut_begin_at_its_network_header()
    {
        Tcpdump.Require();
        byte[] whole = Wire.UdpFrame(123, 123, [0x24, 1, 6, 0xec, .. new byte[8], .. "GPS\0"u8, .. new byte[32]]);
        var cut = new PacketSet(1, [.. Enumerable.Range(42, whole.Length - 42).Select(length => new TestPacket(whole[..length], whole.Length))]);
        Comparison comparison = Tcpdump.Compare(cut, "-nevX");
        Assert.True(comparison.Different == 0, comparison.ToString());
    }
}
