using Imker.Capture.Tests.Dissection;
using Imker.Filter;
using Imker.Filter.Protocols;
using Imker.Linux;
using static Imker.Capture.Tests.Dissection.Wire;

namespace Imker.Capture.Tests.Processes;

/// <summary>What is read of packets to find their processes.</summary>
public sealed class PacketLayersTests
{
    private static readonly byte[] datagram = Ip4(17, Udp(1234, 5678, [1, 2, 3])), frame = UdpFrame(1234, 5678, [1, 2, 3]);

    public static TheoryData<string> Sets => [.. PacketSets.Names];

    public static TheoryData<string, byte[], int> Carriers => new()
    {
        { "nothing", frame, 1 },
        { "two VLAN tags", Ethernet(0x88a8, [0, 5, 0x81, 0, 0, 6, 8, 0, .. datagram]), 1 },
        { "MPLS labels", Ethernet(0x8847, [0, 0, 0x10, 64, 0, 0, 0x21, 64, .. datagram]), 1 },
        { "PPPoE", Ethernet(0x8864, [0x11, 0, 0, 7, 0, 0, 0, 0x21, .. datagram]), 1 },
        { "IP in IP", Frame4(4, datagram), 2 },
        { "IP in IPv6 with options", Frame6(60, [4, 0, 1, 4, 0, 0, 0, 0, .. datagram]), 2 },
        { "GRE with key and sequence", Frame4(47, [0x30, 0, 8, 0, 0, 0, 0, 7, 0, 0, 0, 1, .. datagram]), 2 },
        { "a frame in GRE", Frame6(47, [0, 0, 0x65, 0x58, .. frame]), 2 },
        { "VXLAN", UdpFrame(40000, 4789, [8, 0, 0, 0, 0, 0, 7, 0, .. frame]), 2 },
        { "Geneve with an option", UdpFrame6(40000, 6081, [1, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 4, .. frame]), 2 },
        { "an authentication header", Frame4(51, [17, 4, 0, 0, .. new byte[20], .. Udp(1234, 5678, [])]), 1 },
        { "the first of fragments", Frame6(44, [17, 0, 0, 1, 0, 0, 0, 9, .. Udp6(1234, 5678, [])]), 1 },
        { "an error", IcmpFrame(3, 3, [0, 0, 0, 0, .. datagram]), 2 },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Ports_are_found_behind(string what, byte[] packet, int layer)
    {
        var layers = new PacketLayers(Captured(LinkType.Ethernet, packet));
        for (int i = 0; i < layer; i++)
            Assert.True(layers.MoveNext(), what);
        Assert.Equal((IpProtocol.Udp, FlowKind.Ports, 1234, 5678), (layers.Flow.Protocol, layers.Flow.Kind, layers.Flow.SourcePort, layers.Flow.DestinationPort));
        Assert.Equal(what == "the first of fragments", layers.IsFragment);
        Assert.Equal(what == "an error", layers.IsQuoted);
        Assert.False(layers.MoveNext());
    }

    [Fact]
    public void What_answers_a_flow_is_its_reverse()
    {
        PacketFlow request = FlowOf(Frame4(1, Icmp(8, 0, [0, 77, 0, 1]))), answer = FlowOf(Ethernet(0x0800, Ip4(1, Icmp(0, 0, [0, 77, 0, 1]), source: Target, target: Source)));
        Assert.Equal((FlowKind.Echo, 77, false), (request.Kind, request.EchoId, request.IsAnswer));
        Assert.Equal(answer, request.Reversed);
        PacketFlow there = FlowOf(frame);
        Assert.Equal((5678, 1234, there.Destination), (there.Reversed.SourcePort, there.Reversed.DestinationPort, there.Reversed.Source));
        Assert.Equal(there, there.Reversed.Reversed);
    }

    [Fact]
    public void Fragments_are_told_by_their_id()
    {
        PacketFlow later = FlowOf(Frame4(17, [1, 2, 3, 4, 5, 6, 7, 8], id: 0x4321, fragment: 5));
        Assert.Equal((FlowKind.Fragment, 0x4321ul, InternetAddress.Of(System.Net.IPAddress.Parse(Source))), (later.Kind, later.Identifier, later.Source));
    }

    // A chain of tunnels ends with its bytes.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Cut_and_damaged_packets_are_gone_through(string name)
    {
        PacketSet whole = PacketSets.Of(name);
        foreach (PacketSet set in (PacketSet[])[whole, whole.Mutated(10), whole.Truncated(1 + whole.Packets.Count / 50, 200)])
        {
            foreach (TestPacket packet in set.Packets)
            {
                var layers = new PacketLayers(Captured(new LinkType(set.Dlt), packet.Captured));
                int count = 0;
                while (layers.MoveNext())
                    count++;
                Assert.InRange(count, 0, 1 + packet.Captured.Length / 20);
            }
        }
    }

    private static PacketFlow FlowOf(byte[] packet)
    {
        var layers = new PacketLayers(Captured(LinkType.Ethernet, packet));
        Assert.True(layers.MoveNext());
        return layers.Flow;
    }

    private static CapturedPacket Captured(LinkType type, byte[] packet) =>
        new() { Timestamp = 0, Data = packet, OriginalLength = (uint)packet.Length, LinkType = type.Value };
}
