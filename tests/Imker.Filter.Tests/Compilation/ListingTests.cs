using System.Collections.Concurrent;
using System.Collections.Immutable;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.TestKit;
using Xunit;

namespace Imker.Filter.Tests.Compilation;

/// <summary>
/// What filters become, against what Debian's tcpdump makes of them (4.99.3 with libpcap 1.10.3): line by line the same. Where libpcap is wrong
/// or does not know the filter, <see cref="DifferenceTests"/> has it.
/// </summary>
public sealed class ListingTests
{
    private static readonly NetworkNameFiles Names = new();

    [Fact]
    public void The_corpus_is_large() => Assert.True(CorpusEntry.All.Count >= 1000, $"{CorpusEntry.All.Count} entries");

    [Fact]
    public void Optimized_listings_are_those_of_tcpdump() => Compare(CorpusEntry.All, optimize: true);

    // Every second: what the generator makes shows in the optimized listings too.
    [Fact]
    public void Listings_before_the_optimizer_are_those_of_tcpdump() => Compare(CorpusEntry.All.Where((_, index) => index % 2 == 0), optimize: false);

    [Theory]
    [InlineData("vlan")]
    [InlineData("vlan 5")]
    [InlineData("vlan and ip")]
    [InlineData("vlan 5 and tcp port 80")]
    [InlineData("vlan 5 and vlan 6 and ip")]
    [InlineData("tcp and vlan")]
    [InlineData("not vlan 5")]
    [InlineData("vlan 1 or vlan 2")]
    [InlineData("vlan and pppoes and ip")]
    [InlineData("vlan and mpls and ip")]
    [InlineData("vlan and ip[0] = 0x45")]
    [InlineData("vlan and geneve and ip")]
    [InlineData("geneve and vlan")]
    [InlineData("(vlan and ip) or (vlan and arp)")]
    [InlineData("inbound and ifindex 1")]
    public void Listings_for_live_packets_are_those_of_tcpdump(string filter)
    {
        Machine.RequireRoot();
        foreach (bool optimize in (bool[])[true, false])
        {
            var options = new FilterOptions { Source = PacketSource.Live, IsOptimized = optimize };
            string listing = ClassicListing.Format(PacketFilter.Compile(filter, LinkType.Ethernet, options).Classic);
            Assert.Equal(TcpdumpListing.OfLive(filter, optimize), TcpdumpListing.Lines(listing));
        }
    }

    private static void Compare(IEnumerable<CorpusEntry> entries, bool optimize)
    {
        var differences = new ConcurrentBag<string>();
        Parallel.ForEach(entries, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, entry =>
        {
            if (Difference(entry, optimize) is { } difference)
                differences.Add(difference);
        });
        Assert.True(differences.IsEmpty, $"{differences.Count} differ:\n{string.Join("\n", differences.Order(StringComparer.Ordinal).Take(40))}");
    }

    private static string? Difference(CorpusEntry entry, bool optimize)
    {
        string[]? theirs = TcpdumpListing.Of(entry, optimize), ours = Ours(entry, optimize, out ImmutableArray<Diagnostic> diagnostics);
        if (theirs is null != ours is null)
            return $"{entry}: {(theirs is null ? "tcpdump refuses it" : $"we refuse it: {diagnostics[0].Message}")}";
        if (theirs is null || theirs.SequenceEqual(ours!))
            return null;
        int line = theirs.Zip(ours!).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{entry}: {theirs.Length} and {ours!.Length} lines; '{theirs.ElementAtOrDefault(line)}' and '{ours.ElementAtOrDefault(line)}'";
    }

    private static string[]? Ours(CorpusEntry entry, bool optimize, out ImmutableArray<Diagnostic> diagnostics)
    {
        Assert.True(LinkType.TryParse(entry.LinkType, out LinkType type), entry.LinkType);
        var options = new FilterOptions { SnapLength = entry.SnapLength, IsOptimized = optimize, Names = Names };
        return PacketFilter.TryCompile(entry.Filter, type, options, out PacketFilter? filter, out diagnostics)
            ? TcpdumpListing.Lines(ClassicListing.Format(filter.Classic))
            : null;
    }
}
