using System.Net;
using Imker.Bytecode.Classic.Text;
using Imker.Objects;
using Xunit;

namespace Imker.Filter.Tests.Compilation;

public sealed class NameTests
{
    private static readonly FilterOptions Options = new() { Names = new SomeNames() };

    [Theory]
    [InlineData("host web", "host 2001:db8::1 or host 10.0.0.1 or host 10.0.0.2")]
    [InlineData("ip host web", "ip host 10.0.0.1 or ip host 10.0.0.2")]
    [InlineData("ip6 dst host web", "ip6 dst host 2001:db8::1")]
    [InlineData("net lab", "net 10.7.0.0/16")]
    [InlineData("port alpha", "tcp port 1000")]
    [InlineData("port beta", "udp port 2000")]
    [InlineData("port both", "port 3000")]
    [InlineData("port split", "tcp port 4000")]
    [InlineData("udp port both", "udp port 3000")]
    [InlineData("portrange alpha-1010", "portrange 1000-1010")]
    [InlineData("tcp portrange alpha-both", "tcp portrange 1000-3000")]
    [InlineData(@"ip proto special", "ip proto 99")]
    [InlineData("ether host web", "ether host 1:2:3:4:5:6")]
    [InlineData(@"host \tcp", "host 10.9.9.9")]
    public void A_name_stands_for_what_its_database_says(string named, string numbered) => Assert.Equal(Listing(numbered), Listing(named));

    [Theory]
    [InlineData("host wep", "there is no host 'wep' (did you mean 'web'?)")]
    [InlineData("port alpa", "there is no port 'alpa' (did you mean 'alpha'?)")]
    [InlineData("udp port alpha", "the port 'alpha' is one of tcp")]
    [InlineData("tcp port beta", "the port 'beta' is one of udp")]
    [InlineData("net nowhere", "there is no network 'nowhere'")]
    [InlineData("ip proto other", "there is no protocol 'other'")]
    [InlineData(@"ether proto \app", "'link' has no protocol 'app' (did you mean 'arp'?)")]
    [InlineData("ip6 host old", "the host 'old' has no address for 'ip6'")]
    [InlineData("ether host old", "there is no Ethernet host 'old'")]
    public void A_name_that_is_not_known_is_told_with_the_nearest(string filter, string message)
    {
        Assert.False(PacketFilter.TryCompile(filter, LinkType.Ethernet, Options, out _, out var diagnostics));
        Assert.Contains(message, Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void Without_databases_no_name_is_known_and_numbers_are_asked_for()
    {
        Assert.False(PacketFilter.TryCompile("host web", LinkType.Ethernet, null, out _, out var diagnostics));
        Assert.Equal("names are not looked up here: write a number or an address", Assert.Single(Assert.Single(diagnostics).Hints));
    }

    private static string Listing(string filter) => ClassicListing.Format(PacketFilter.Compile(filter, LinkType.Ethernet, Options).Classic);

    private sealed class SomeNames : INetworkNames
    {
        public IReadOnlyList<IPAddress> Host(string name) => name switch
        {
            "web" => [IPAddress.Parse("2001:db8::1"), IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")],
            "old" => [IPAddress.Parse("10.0.0.3")],
            "tcp" => [IPAddress.Parse("10.9.9.9")],
            _ => [],
        };

        public ulong? EtherHost(string name) => name == "web" ? 0x0102_0304_0506ul : null;

        // As getnetbyname gives 10.7.0.0 when the file has the network as 10.7, which libpcap moves to the left.
        public uint? Network(string name) => name == "lab" ? 0x0a07u : null;

        public ushort? Service(string name, string protocol) => (name, protocol) switch
        {
            ("alpha", "tcp") => 1000,
            ("beta", "udp") => 2000,
            ("both", _) => 3000,
            ("split", "tcp") => 4000,
            ("split", "udp") => 4001,
            _ => null,
        };

        public byte? Protocol(string name) => name == "special" ? (byte)99 : null;

        public IEnumerable<string> Names(NetworkNameKind kind) => ["web", "old", "alpha", "beta"];
    }
}
