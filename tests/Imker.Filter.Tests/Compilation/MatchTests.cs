using Xunit;
using static Imker.Filter.Tests.Compilation.Packets;

namespace Imker.Filter.Tests.Compilation;

public sealed class MatchTests
{
    private static readonly byte[] Web = Ethernet(0x0800, Ip4(6, Tcp(40000, 80, flags: 0x02)));
    private static readonly byte[] Dns6 = Ethernet(0x86dd, Ip6(17, Udp(53, 40000, 1, 2, 3)));

    [Theory]
    [InlineData("", true)]
    [InlineData("tcp port 80", true)]
    [InlineData("tcp src port 80", false)]
    [InlineData("src host 10.0.0.1 and dst net 10.0.0.0/24", true)]
    [InlineData("host 10.0.0.3", false)]
    [InlineData("tcp[tcpflags] & tcp-syn != 0", true)]
    [InlineData("tcp[tcpflags] & tcp-ack != 0", false)]
    [InlineData("ip[2:2] = len - 14", true)]
    [InlineData("ether src 2:0:0:0:0:2", true)]
    [InlineData("portrange 79-81 and less 100", true)]
    [InlineData("ip protochain 6", true)]
    [InlineData("udp or icmp or ip6", false)]
    public void A_tcp_packet_passes_what_describes_it(string filter, bool passes) =>
        Assert.Equal(passes, PacketFilter.Compile(filter, LinkType.Ethernet).Matches(Web));

    [Theory]
    [InlineData("udp port 53", true)]
    [InlineData("ip6 and src port 53", true)]
    [InlineData("host 2001:db8::1", true)]
    [InlineData("dst net 2001:db8::/32", true)]
    [InlineData("net 2001:db9::/32", false)]
    [InlineData("ip", false)]
    [InlineData("ip6 protochain 17", true)]
    public void A_udp_packet_over_ip6_passes_what_describes_it(string filter, bool passes) =>
        Assert.Equal(passes, PacketFilter.Compile(filter, LinkType.Ethernet).Matches(Dns6));

    [Fact]
    public void A_byte_behind_what_was_captured_cannot_be_asked_for()
    {
        PacketFilter filter = PacketFilter.Compile("tcp port 80", LinkType.Ethernet);
        for (int length = 0; length < Web.Length; length++)
            Assert.Equal(length >= 14 + 20 + 4, filter.Matches(Web.AsSpan(0, length), (uint)Web.Length));
    }

    [Fact]
    public void Lengths_are_those_before_the_packet_was_cut()
    {
        PacketFilter filter = PacketFilter.Compile("greater 1000", LinkType.Ethernet);
        Assert.True(filter.Matches(Web, 1500));
        Assert.False(filter.Matches(Web));
    }

    [Fact]
    public void Loopback_files_of_other_systems_have_other_numbers_for_ip6()
    {
        PacketFilter filter = PacketFilter.Compile("ip6", LinkType.Null, new FilterOptions { Source = PacketSource.File });
        foreach (byte family in (byte[])[24, 28, 30])
            Assert.True(filter.Matches([family, 0, 0, 0, .. Ip6(17)]));
        PacketFilter swapped = PacketFilter.Compile("ip6", LinkType.Null, new FilterOptions { Source = PacketSource.File, IsSwapped = true });
        Assert.True(swapped.Matches([0, 0, 0, 30, .. Ip6(17)]));
    }

    [Fact]
    public void What_only_the_kernel_knows_is_not_asked_of_files()
    {
        var options = new FilterOptions { Source = PacketSource.File };
        foreach (string filter in (string[])["inbound", "outbound", "ifindex 1"])
        {
            Assert.False(PacketFilter.TryCompile(filter, LinkType.Ethernet, options, out _, out var diagnostics));
            Assert.Equal(FilterBindId.NotHere, Assert.Single(diagnostics).Id);
        }
    }

    [Fact]
    public void Broadcasts_of_a_network_depend_on_its_mask()
    {
        byte[] packet = Ethernet(0x0800, Ip4(17, Udp(1, 2)));
        packet[33] = 255;
        Assert.True(PacketFilter.Compile("ip broadcast", LinkType.Ethernet, new FilterOptions { Netmask = 0xffffff00 }).Matches(packet));
        Assert.False(PacketFilter.Compile("ip broadcast", LinkType.Ethernet, new FilterOptions { Netmask = 0xffff0000 }).Matches(packet));
        Assert.False(PacketFilter.TryCompile("ip broadcast", LinkType.Ethernet, new FilterOptions { Netmask = null }, out _, out _));
    }

    [Fact]
    public void A_filter_may_be_asked_by_many_threads()
    {
        PacketFilter filter = PacketFilter.Compile("tcp port 80 and len > ip[2:2] and ip[8] * 2 = 128", LinkType.Ethernet);
        Parallel.For(0, 10_000, _ => Assert.True(filter.Matches(Web)));
    }
}
