using System.Diagnostics;
using Imker.Filter.Tests.Compilation;
using Xunit;

namespace Imker.Filter.Tests.Syntax;

/// <summary>Filters that nobody means: they are refused or compiled, soon, and nothing else happens.</summary>
public sealed class HostileFilterTests
{
    private const string Characters = "abcdefxlo0123456789 ()[]<>=!&|+-*/%^:.,;\\$#@'\"~`{}\t\n\0é€\ud800";
    private static readonly string[] Words =
    [
        "host", "net", "port", "portrange", "proto", "protochain", "src", "dst", "and", "or", "not", "tcp", "udp", "ip", "ip6", "ether", "vlan", "mpls",
        "geneve", "vxlan", "len", "less", "(", ")", "[", "]", ":", "=", "!=", "&", "<<", "%", "10.0.0.1", "::1", "10.0.0.0/8", "1:2:3:4:5:6", "80", "0x1f",
        "tcp-syn", "llc", "type", "mgt", "lane", "vpi", "fisu", "opc", "on", "action", "pass", "mask", "gateway", "multicast", "$1", "\\tcp", "-", "/",
    ];

    [Fact]
    public void Garbage_is_refused_or_compiled()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
            Compile(string.Create(random.Next(40), random, (span, source) => source.GetItems(Characters, span)), random);
    }

    [Fact]
    public void Words_in_any_order_are_refused_or_compiled()
    {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++)
            Compile(string.Join(' ', random.GetItems(Words, random.Next(1, 12))), random);
    }

    [Fact]
    public void Filters_cut_anywhere_are_refused_or_compiled()
    {
        var random = new Random(3);
        foreach (string filter in CorpusEntry.All.Select(entry => entry.Filter).Distinct())
        {
            for (int length = 0; length < filter.Length; length++)
                Compile(filter[..length], random);
        }
    }

    [Theory]
    [InlineData("(", "tcp", ")", 10_000)]
    [InlineData("not ", "tcp", "", 10_000)]
    [InlineData("link[", "0", "] = 1", 10_000)]
    [InlineData("-", "1", " = 1", 10_000)]
    [InlineData("", "link[0]", "+1", 500_000)]
    [InlineData("tcp or ", "tcp", "", 140_000)]
    [InlineData("port 1 or ", "port 2", "", 100_000)]
    [InlineData("host 1.2.3.4 and not ", "ip", "", 48_000)]
    [InlineData("", "host a", "a", 1_000_000)]
    [InlineData("1:", "2", "", 500_000)]
    [InlineData("::", "2", "", 500_000)]
    [InlineData("1", "2", " = 3", 1_000_000)]
    [InlineData("", "host 1.1.1.1", " or 2.2.2.2", 90_000)]
    [InlineData("vpi (1", "", " or 2)", 1)]
    [InlineData("\\", "a", "", 1_000_000)]
    public void Long_and_deep_filters_end_soon(string before, string middle, string behind, int count)
    {
        string filter = string.Concat(Enumerable.Repeat(before, count)) + middle + string.Concat(Enumerable.Repeat(behind, count));
        var watch = Stopwatch.StartNew();
        PacketFilter.TryCompile(filter, LinkType.Ethernet, null, out _, out var diagnostics);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        Assert.All(diagnostics, diagnostic => Assert.True(diagnostic.Message.Length < 1000));
    }

    [Fact]
    public void Groups_are_followed_as_deep_as_the_manual_says()
    {
        string nested = new string('(', 900) + "tcp" + new string(')', 900);
        Assert.Equal(PacketFilter.Compile("tcp", LinkType.Ethernet).Classic.Instructions, PacketFilter.Compile(nested, LinkType.Ethernet).Classic.Instructions);
    }

    private static void Compile(string filter, Random random)
    {
        LinkType[] links = [LinkType.Ethernet, LinkType.Raw, LinkType.WlanRadiotap, LinkType.SunAtm, LinkType.Mtp2, LinkType.Pflog, LinkType.LinuxSll2, LinkType.JuniperEs];
        var options = new FilterOptions { Source = (PacketSource)random.Next(3), IsOptimized = random.Next(2) == 0 };
        bool isCompiled = PacketFilter.TryCompile(filter, links[random.Next(links.Length)], options, out PacketFilter? compiled, out var diagnostics);
        Assert.Equal(!isCompiled, diagnostics.Length > 0);
        compiled?.Matches(new byte[random.Next(100)]);
    }
}
