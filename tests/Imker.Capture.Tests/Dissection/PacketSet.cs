namespace Imker.Capture.Tests.Dissection;

/// <param name="LinkType">As a file says it: LINKTYPE, not DLT.</param>
internal sealed record PacketSet(int LinkType, IReadOnlyList<TestPacket> Packets)
{
    public int Dlt => LinkType == PacketSets.Raw ? 12 : LinkType;

    public static PacketSet Whole(int linkType, IEnumerable<byte[]> packets) => new(linkType, [.. packets.Select(p => new TestPacket(p, p.Length))]);

    /// <summary>Every <paramref name="step"/>th packet, cut at each length there is, or at some of them where it is long.</summary>
    public PacketSet Truncated(int step, int lengths)
    {
        var packets = new List<TestPacket>();
        for (int i = 0; i < Packets.Count; i += step)
        {
            byte[] whole = Packets[i].Captured;
            int stride = 1 + whole.Length / lengths;
            for (int length = 1 + i % stride; length < whole.Length; length += stride)
                packets.Add(new TestPacket(whole[..length], whole.Length));
        }
        return this with { Packets = packets };
    }

    /// <summary>With some bytes changed, the same ones each time.</summary>
    public PacketSet Mutated(int copies)
    {
        var random = new Random(11);
        var packets = new List<TestPacket>();
        foreach (TestPacket packet in Packets)
        {
            for (int i = 0; i < copies; i++)
                packets.Add(packet.Mutate(random));
        }
        return this with { Packets = packets };
    }
}
