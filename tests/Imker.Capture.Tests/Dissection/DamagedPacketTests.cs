namespace Imker.Capture.Tests.Dissection;

/// <summary>Packets with wrong bytes print as with tcpdump, but where it takes them for a protocol that is not dissected.</summary>
public sealed class DamagedPacketTests
{
    public static TheoryData<string, string> Sets => PacketSets.With("-n", "-nvv", "-neX");

    [Theory]
    [MemberData(nameof(Sets))]
    public void Damaged_packets_print_as_with_tcpdump(string set, string flags)
    {
        Tcpdump.Require();
        PacketSet whole = PacketSets.Of(set);
        Comparison comparison = Tcpdump.Compare(whole.Mutated(1 + 1000 / whole.Packets.Count), flags);
        Assert.True(comparison.Different * 100 <= comparison.Count, comparison.ToString());
    }
}
