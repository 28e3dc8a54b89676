using System.Net;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Objects;
using Xunit;
using static Imker.Filter.Tests.Compilation.Packets;

namespace Imker.Filter.Tests.Compilation;

/// <summary>Where we do not do as libpcap 1.10.3, each as docs/filter.md lists it.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public void A_mask_of_all_bits_leaves_all_bits()
    {
        PacketFilter filter = PacketFilter.Compile("link[0] & 0xffffffff != 0", LinkType.Ethernet);
        Assert.True(filter.Matches([1]));
        Assert.False(filter.Matches([0]));
        Assert.Equal(["(000) ret      #262144"], Theirs("EN10MB", "link[0] & 0xffffffff != 0")!);
        Assert.Null(Theirs("EN10MB", "link[4:4] & 0xffffffff = 0"));
    }

    [Theory]
    [InlineData("SUNATM", "vpi != 3")]
    [InlineData("SUNATM", "vci != 3")]
    [InlineData("MTP2", "sio != 3")]
    [InlineData("MTP2", "opc != 3")]
    [InlineData("MTP2", "hsls != 3")]
    public void Fields_can_be_asked_not_to_be_a_number(string link, string filter)
    {
        Assert.Equal(Theirs(link, filter.Replace("!=", "=")), Theirs(link, filter));
        Assert.Equal(Theirs(link, "not " + filter.Replace("!=", "=")), Ours(link, filter));
    }

    [Fact]
    public void An_arcnet_address_is_the_number_that_is_written()
    {
        PacketFilter filter = PacketFilter.Compile("link dst $1a", LinkType.Arcnet);
        Assert.True(filter.Matches([0, 0x1a]));
        Assert.Contains("jeq      #0xd1            jt 2\tjf 3", Theirs("ARCNET", "link dst $1a")![1]);
    }

    [Theory]
    [InlineData("byte 1 & 4", "(000) ldb      [1]")]
    [InlineData("byte 1 | 4", "(000) ldb      [1]")]
    public void Bits_of_a_byte_are_those_of_the_byte(string filter, string load) => Assert.Equal(load, Ours("EN10MB", filter)![0]);

    [Theory]
    [InlineData("1 << ip[40] = 2")]
    [InlineData("100 / (0 + ip[8]) = 2")]
    [InlineData("100 % ip[0] = 2")]
    public void Only_constants_are_divided_or_shifted_by_in_vain(string filter)
    {
        Assert.Null(Theirs("EN10MB", filter));
        Assert.NotNull(Ours("EN10MB", filter));
    }

    [Theory]
    [InlineData("decnet host 10.0.0.1")]
    [InlineData("portrange 1-20abc")]
    [InlineData("portrange 1-2-3")]
    public void What_stands_behind_a_number_is_not_ignored(string filter)
    {
        Assert.NotNull(Theirs("EN10MB", filter));
        Assert.Null(Ours("EN10MB", filter));
    }

    [Fact]
    public void Vxlan_is_understood()
    {
        byte[] inner = Ethernet(0x0800, Ip4(6, Tcp(40000, 443)));
        byte[] over4 = Ethernet(0x0800, Ip4(17, Udp(50000, 4789, Vxlan(5, inner))));
        byte[] over6 = Ethernet(0x86dd, Ip6(17, Udp(50000, 4789, Vxlan(5, inner))));
        foreach (byte[] packet in (byte[][])[over4, over6])
        {
            Assert.True(Passes("vxlan", packet));
            Assert.True(Passes("vxlan 5 and tcp port 443 and ether dst 2:0:0:0:0:1", packet));
            Assert.False(Passes("vxlan 6", packet));
            Assert.False(Passes("vxlan and udp", packet));
            Assert.True(Passes("udp port 4789 and vxlan", packet));
        }
        Assert.False(Passes("vxlan", Ethernet(0x0800, Ip4(17, Udp(50000, 4788, Vxlan(5, inner))))));
        Assert.Null(Theirs("EN10MB", "vxlan"));
        Assert.False(PacketFilter.TryCompile("vxlan 0x1000000", LinkType.Ethernet, null, out _, out _));
    }

    [Theory]
    [InlineData("vxlan and arp")]
    [InlineData("vlan and vxlan and arp")]
    [InlineData("vxlan and ether proto 0x806")]
    public void The_kernel_takes_what_asks_behind_a_tunnel(string filter)
    {
        byte[] carried = Ip4(17, Udp(50000, 4789, Vxlan(5, Ethernet(0x0806, new byte[28]))));
        byte[] packet = filter.StartsWith("vlan", StringComparison.Ordinal) ? Ethernet(0x8100, [0, 1, 8, 0, .. carried]) : Ethernet(0x0800, carried);
        PacketFilter compiled = PacketFilter.Compile(filter, LinkType.Ethernet);
        Assert.True(compiled.Matches(packet));
        Assert.True(ClassicValidator.IsValid(compiled.Classic));
    }

    [Fact]
    public void Batman_advanced_is_understood()
    {
        byte[] inner = Ethernet(0x0800, Ip4(6, Tcp(40000, 443)));
        byte[] packet = Ethernet(0x4305, [0x40, 15, 50, 1, 2, 0, 0, 0, 0, 9, .. inner]);
        foreach (string filter in (string[])["batadv", "batadv 15", "batadv 15 unicast", "batadv 15 0x40 and tcp port 443", "batadv 15 unicast and ether dst 2:0:0:0:0:1"])
            Assert.True(Passes(filter, packet), filter);
        foreach (string filter in (string[])["batadv 14", "batadv 15 bcast", "batadv 15 unicast and udp"])
            Assert.False(Passes(filter, packet), filter);
        foreach (string filter in (string[])["batadv 13 1", "batadv 256", "batadv 15 unicats", "batadv 15 256", "batadv 15 and tcp"])
            Assert.Null(Ours("EN10MB", filter));
        Assert.Null(Theirs("EN10MB", "batadv"));
    }

    [Theory]
    [InlineData(@"ether proto \lldp", 0x88cc)]
    [InlineData(@"ether proto \slow", 0x8809)]
    public void Newer_names_of_ether_types_are_known(string filter, int type)
    {
        Assert.True(Passes(filter, Ethernet((ushort)type)));
        Assert.Null(Theirs("EN10MB", filter));
    }

    [Theory]
    [InlineData("type ctl subtype bar", 0x84)]
    [InlineData("subtype ba", 0x94)]
    public void Newer_subtypes_of_frames_are_known(string filter, int control)
    {
        Assert.True(PacketFilter.Compile(filter, LinkType.Wlan).Matches([(byte)control]));
        Assert.Null(Theirs("IEEE802_11", filter));
    }

    [Theory]
    [InlineData("oamf4s", "oamf4sc")]
    [InlineData("oamf4e", "oamf4ec")]
    public void The_manual_s_words_for_oam_cells_are_known(string manual, string libpcap) => Assert.Equal(Theirs("SUNATM", libpcap), Ours("SUNATM", manual));

    [Fact]
    public void A_gateway_is_a_host_whose_ethernet_address_alone_is_in_the_packet()
    {
        var options = new FilterOptions { Names = new GateNames() };
        PacketFilter filter = PacketFilter.Compile("gateway gate", LinkType.Ethernet, options);
        byte[] through = Ethernet(0x0800, Ip4(17, Udp(1, 2)));
        Assert.True(filter.Matches(through));
        byte[] to = [.. through];
        to[33] = 9;
        Assert.False(filter.Matches(to));
        byte[] other = [.. through];
        other[5] = other[11] = 7;
        Assert.False(filter.Matches(other));
        Assert.Null(Theirs("EN10MB", "gateway gate"));
    }

    private static bool Passes(string filter, byte[] packet) => PacketFilter.Compile(filter, LinkType.Ethernet).Matches(packet);

    private static string[]? Theirs(string link, string filter) => TcpdumpListing.Of(new CorpusEntry(link, 262144, filter), optimize: true);

    private static string[]? Ours(string link, string filter) =>
        LinkType.TryParse(link, out LinkType type) && PacketFilter.TryCompile(filter, type, null, out PacketFilter? compiled, out _)
            ? TcpdumpListing.Lines(ClassicListing.Format(compiled.Classic))
            : null;

    private sealed class GateNames : INetworkNames
    {
        public IReadOnlyList<IPAddress> Host(string name) => [IPAddress.Parse("10.0.0.9")];

        public ulong? EtherHost(string name) => 0x0200_0000_0001;

        public uint? Network(string name) => null;

        public ushort? Service(string name, string protocol) => null;

        public byte? Protocol(string name) => null;

        public IEnumerable<string> Names(NetworkNameKind kind) => [];
    }
}
