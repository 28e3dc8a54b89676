using System.Collections.Immutable;
using Imker.Diagnostics;
using Xunit;

namespace Imker.Filter.Tests.Syntax;

/// <summary>What a wrong filter is told: the column, what is wrong, what could stand there.</summary>
public sealed class FilterErrorTests
{
    [Theory]
    [InlineData("tcp prot 80", 5, "'prot' stands where 'and', 'or', a direction (src, dst) or a kind (host, net, port, portrange, proto) is expected (did you mean 'port'?)")]
    [InlineData("tcp port 80 or hosd 10.0.0.1", 21, "'10.0.0.1' stands where 'and', 'or' or the end of the filter is expected (did you mean 'host' by 'hosd'?)")]
    [InlineData("tcp 80", 5, "'80' stands where 'and', 'or', a direction (src, dst) or a kind")]
    [InlineData("host", 5, "the end of the filter stands where a host is expected")]
    [InlineData("port", 5, "the end of the filter stands where a port is expected")]
    [InlineData("port tcp", 6, "'tcp' stands where a port is expected")]
    [InlineData("tcp and", 8, "the end of the filter stands where a condition, such as 'host 10.0.0.1'")]
    [InlineData("(tcp or udp", 12, "the end of the filter stands where ')' is expected")]
    [InlineData("tcp)", 4, "')' stands where 'and', 'or' or the end of the filter is expected")]
    [InlineData("10.0.0.1", 1, "'10.0.0.1' stands where a condition is expected")]
    [InlineData("tcp and 10.0.0.1", 9, "'10.0.0.1' needs a word before it that says what it is")]
    [InlineData("link[0]", 1, "'link[0]' is a number, and no condition")]
    [InlineData("link[0", 7, "the end of the filter stands where ']' or ':' and a size is expected")]
    [InlineData("ip[0:x] = 1", 6, "'x' stands where a size of 1, 2 or 4 bytes is expected")]
    [InlineData("ip[0] = = 1", 9, "'=' stands where a number, 'len' or bytes of a header such as ip[0] is expected")]
    [InlineData("ip[0] & 5", 1, "'ip[0] & 5' is a number, and no condition")]
    [InlineData("src and host 1.2.3.4", 9, "'host' stands where 'dst' is expected")]
    [InlineData("net 10.0.0.0 mask", 18, "the end of the filter stands where a network mask such as 255.255.255.0 is expected")]
    [InlineData("host 1.2.3.4 and (5.6.7.8 or port 80)", 30, "a group that begins with a name alone holds only names")]
    [InlineData("host ((1.2.3.4))", 8, "a group of names cannot begin with a group")]
    [InlineData("host tcp port 80", 6, "'tcp' stands where a host is expected")]
    [InlineData("type mgt subtype bacon", 18, "'subtype' has no 'bacon' (did you mean 'beacon'?)")]
    [InlineData("llc rre", 5, "'llc' has no 'rre' (did you mean 'rr'?)")]
    [InlineData("action drap", 8, "'action' has no 'drap' (did you mean 'drop'?)")]
    [InlineData("tcp @ udp", 5, "'@' begins no word, number or sign of a filter")]
    [InlineData("09 = 1", 1, "'09' is no number")]
    [InlineData("4294967296 = 1", 1, "'4294967296' is too large")]
    [InlineData("ether host 1:2:3:4:5:6:7", 12, "'1:2:3:4:5:6:' is no MAC address")]
    [InlineData("host 1::2::3", 6, "'1::2::' is no MAC address")]
    public void The_column_and_what_could_stand_there_are_told(string filter, int column, string message)
    {
        Diagnostic diagnostic = Assert.Single(Errors(filter, LinkType.Ethernet));
        Assert.Equal(column, diagnostic.Span.Position.Column + 1);
        Assert.StartsWith("cannot read the filter: " + message, diagnostic.Message);
    }

    [Theory]
    [InlineData("tcp and host 10.0.0.256", 14, "10.0.0.256 is no IPv4 address")]
    [InlineData("net 10.1.2.3/16", 5, "10.1.2.3/16 is no network: bits are set that its mask leaves out")]
    [InlineData("port 70000", 6, "70000 is no port: the largest is 65535")]
    [InlineData("ip host ::1", 9, "'ip' stands before an IPv6 address")]
    [InlineData("tcp host 1.2.3.4", 10, "'tcp' stands before a host, which only ip, ip6, arp and rarp have")]
    [InlineData("icmp port 5", 11, "'icmp' has no ports")]
    [InlineData("vlan 4096", 6, "4096 is no VLAN: the largest is 4095")]
    [InlineData("1 = ip[0:3]", 5, "3 bytes cannot be loaded at once")]
    [InlineData("ip[0:3] = 1", 1, "3 bytes cannot be loaded at once")]
    [InlineData("tcp and 5 / 0 = 1", 13, "a division by zero has no result")]
    [InlineData("1 << 32 = 1", 6, "a shift by 32 bits leaves nothing of a number of 32")]
    [InlineData("tcp and type mgt", 9, "the type of an IEEE 802.11 frame cannot be asked of packets of the link-layer type EN10MB (Ethernet)")]
    [InlineData("tcp and udp", 1, "no packet can pass it: its conditions exclude each other")]
    [InlineData("mpls and arp", 10, "behind an MPLS label only IP can be asked for")]
    [InlineData("esp[0] = 1", 1, "the bytes of 'esp' cannot be asked for")]
    public void The_condition_that_has_no_meaning_is_pointed_at(string filter, int column, string message)
    {
        Diagnostic diagnostic = Assert.Single(Errors(filter, LinkType.Ethernet));
        Assert.Equal(column, diagnostic.Span.Position.Column + 1);
        Assert.StartsWith("cannot compile the filter: " + message, diagnostic.Message);
    }

    [Fact]
    public void All_conditions_without_meaning_are_told_at_once()
    {
        ImmutableArray<Diagnostic> errors = Errors("port 70000 or vlan 5000 or ip[0:7] = 1", LinkType.Ethernet);
        Assert.Equal([FilterBindId.OutOfRange, FilterBindId.OutOfRange, FilterBindId.BadArithmetic], errors.Select(error => error.Id));
    }

    [Fact]
    public void A_link_layer_that_does_not_tell_its_protocol_is_named()
    {
        Diagnostic diagnostic = Assert.Single(Errors("ip", LinkType.Docsis));
        Assert.Equal(FilterBindId.NotForLinkType, diagnostic.Id);
        Assert.Contains("DOCSIS", diagnostic.Message);
    }

    [Fact]
    public void A_filter_that_needs_too_many_scratch_cells_is_refused()
    {
        string nested = string.Concat(Enumerable.Range(0, 20).Select(i => $"(link[{i}] + ")) + "1" + new string(')', 20) + " = 5";
        Assert.Equal(FilterBindId.TooComplex, Assert.Single(Errors(nested, LinkType.Ethernet)).Id);
    }

    [Fact]
    public void A_filter_whose_program_nothing_runs_is_refused_with_what_to_do()
    {
        string hosts = string.Join(" or ", Enumerable.Range(0, 14_000).Select(i => $"host 10.1.{i >> 8}.{i & 255}"));
        Assert.False(PacketFilter.TryCompile(hosts, LinkType.Ethernet, new FilterOptions { IsOptimized = false }, out _, out var diagnostics));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((FilterBindId.TooLarge, hosts.Length), (diagnostic.Id, diagnostic.Span.Length));
        Assert.StartsWith("cannot compile the filter: it is too large", diagnostic.Message, StringComparison.Ordinal);
        Assert.NotEmpty(diagnostic.Hints);
    }

    [Fact]
    public void Nothing_is_kept_of_no_bytes()
    {
        Assert.False(PacketFilter.TryCompile("ip", LinkType.Ethernet, new FilterOptions { SnapLength = 0 }, out _, out var diagnostics));
        Assert.Equal(FilterBindId.RejectsAll, Assert.Single(diagnostics).Id);
    }

    private static ImmutableArray<Diagnostic> Errors(string filter, LinkType link)
    {
        Assert.False(PacketFilter.TryCompile(filter, link, null, out _, out ImmutableArray<Diagnostic> diagnostics), filter);
        return diagnostics;
    }
}
