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
}
