namespace Imker.Capture.Tests;

public sealed class CapturedPacketTests
{
    [Theory]
    [InlineData(60u, false)]
    [InlineData(61u, true)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(0u, false)]
    public void A_packet_is_cut_when_the_wire_had_more(uint original, bool isCut)
    {
        var packet = new CapturedPacket { Timestamp = 0, Data = new byte[60], OriginalLength = original, LinkType = 1 };
        Assert.Equal(isCut, packet.IsCut);
    }
}
