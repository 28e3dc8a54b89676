namespace Imker.Capture.Tests.Dissection;

/// <summary>All packets there are to print, in sets by protocol. Each set is the same each time.</summary>
internal static class PacketSets
{
    public const int Ethernet = 1, Raw = 101, Null = 0, Ppp = 9, Cooked = 113, Cooked2 = 276;

    private static readonly Dictionary<string, Func<Random, IEnumerable<byte[]>>> OfEthernet = new()
    {
        ["ethernet"] = LinkPackets.Ethernet,
        ["llc"] = LinkPackets.Llc,
        ["stp"] = LinkPackets.SpanningTree,
        ["mpls"] = LinkPackets.Labels,
        ["pppoe"] = LinkPackets.Sessions,
        ["arp"] = ArpPackets.All,
        ["lldp"] = LldpPackets.All,
        ["ip"] = IpPackets.Version4,
        ["ip6"] = IpPackets.Version6,
        ["tunnels"] = IpPackets.Tunnels,
        ["tcp"] = TcpPackets.Connections,
        ["tcp-flags"] = TcpPackets.Flags,
        ["tcp-options"] = TcpPackets.Options,
        ["udp"] = UdpPackets.All,
        ["sctp"] = UdpPackets.Sctp,
        ["icmp"] = IcmpPackets.Version4,
        ["icmp6"] = IcmpPackets.Version6,
        ["igmp"] = IcmpPackets.Groups,
        ["dns"] = DnsPackets.All,
        ["dhcp"] = DhcpPackets.Version4,
        ["dhcp6"] = DhcpPackets.Version6,
        ["ntp"] = ApplicationPackets.Time,
        ["lines"] = ApplicationPackets.Lines,
    };

    private static readonly Dictionary<string, Func<Random, PacketSet>> Others = new()
    {
        ["ppp"] = random => PacketSet.Whole(Ppp, PppPackets.All(random)),
        ["raw"] = random => PacketSet.Whole(Raw, [.. Datagrams(random), new byte[5], [0x55, 1, 2]]),
        ["null"] = random => PacketSet.Whole(Null, LinkKinds.Null(Datagrams(random))),
        ["sll"] = random => PacketSet.Whole(Cooked, LinkKinds.Cooked(Datagrams(random))),
        ["sll2"] = random => PacketSet.Whole(Cooked2, LinkKinds.Cooked2(Datagrams(random))),
    };

    public static IEnumerable<string> Names => [.. OfEthernet.Keys, .. Others.Keys];

    /// <summary>Each set with each of some flags, for theories.</summary>
    public static TheoryData<string, string> With(params string[] flags)
    {
        var data = new TheoryData<string, string>();
        foreach (string set in Names)
        {
            foreach (string some in flags)
                data.Add(set, some);
        }
        return data;
    }

    public static PacketSet Of(string name)
    {
        var random = new Random(7);
        return Others.TryGetValue(name, out Func<Random, PacketSet>? make)
            ? make(random)
            : PacketSet.Whole(Ethernet, OfEthernet[name](random));
    }

    /// <summary>Without their link-layer headers.</summary>
    private static IEnumerable<byte[]> Datagrams(Random random) =>
        IpPackets.Version4(random).Concat(IpPackets.Version6(random)).Concat(TcpPackets.Connections(random)).Select(p => p[14..]);
}
