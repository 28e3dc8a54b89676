using Imker.Diagnostics;
using Imker.Filter.Syntax;
using Xunit;

namespace Imker.Filter.Tests.Syntax;

public sealed class FilterSyntaxTests
{
    [Fact]
    public void And_and_or_stand_in_one_row()
    {
        var chain = Assert.IsType<ChainSyntax>(Parse("tcp or udp and icmp"));
        Assert.Equal(FilterProtocol.Tcp, Assert.IsType<ProtocolSyntax>(chain.First).Protocol);
        Assert.Equal([true, false], chain.Rest.Select(link => link.IsOr));
    }

    [Theory]
    [InlineData("tcp dst port 21 or 20", FilterProtocol.Tcp, FilterDirection.Destination, FilterAddressType.Port)]
    [InlineData("not src net 10.0.0.0/8 and 11.0.0.0/8", FilterProtocol.Default, FilterDirection.Source, FilterAddressType.Net)]
    [InlineData("ip host 1.2.3.4 and (udp or tcp) and 5.6.7.8", FilterProtocol.Ip, FilterDirection.Default, FilterAddressType.Host)]
    [InlineData("host 1.2.3.4 and port (80 or 443) and 22", FilterProtocol.Default, FilterDirection.Default, FilterAddressType.Port)]
    public void An_identifier_alone_takes_over_the_words_of_the_condition_before(string filter, FilterProtocol protocol, FilterDirection direction, FilterAddressType type)
    {
        var chain = Assert.IsType<ChainSyntax>(Parse(filter));
        var last = Assert.IsAssignableFrom<IdentifierSyntax>(chain.Rest[^1].Operand);
        Assert.Equal(new FilterQualifiers(protocol, direction, type), last.Qualifiers);
    }

    [Theory]
    [InlineData("1 + 2 * 3 = 0", FilterTokenKind.Plus, FilterTokenKind.Star)]
    [InlineData("1 * 2 + 3 = 0", FilterTokenKind.Plus, null)]
    [InlineData("1 & 2 << 3 = 0", FilterTokenKind.Ampersand, FilterTokenKind.ShiftLeft)]
    [InlineData("1 - 2 - 3 = 0", FilterTokenKind.Minus, null)]
    [InlineData("1 % 2 + 3 = 0", FilterTokenKind.Percent, FilterTokenKind.Plus)]
    [InlineData("1 * 2 ^ 3 | 4 = 0", FilterTokenKind.Star, FilterTokenKind.Caret)]
    public void Operators_are_ranked_but_for_those_without_rank(string filter, FilterTokenKind outermost, FilterTokenKind? right)
    {
        var sum = Assert.IsType<BinarySyntax>(Assert.IsType<RelationSyntax>(Parse(filter)).Left);
        Assert.Equal(outermost, sum.Operation);
        Assert.Equal(right, (sum.Right as BinarySyntax)?.Operation);
    }

    [Theory]
    [InlineData("ether host 1:2:3:4:5:ff", 0x0102, 0x030405ff)]
    [InlineData("ether host 01-02-03-04-05-FF", 0x0102, 0x030405ff)]
    [InlineData("ether host 1.2.3.4.5.ff", 0x0102, 0x030405ff)]
    [InlineData("ether host 0102.0304.05ff", 0x0102, 0x030405ff)]
    [InlineData("ether host 0102030405ff", 0x0102, 0x030405ff)]
    public void Mac_addresses_have_five_forms(string filter, int high, long low) =>
        Assert.Equal(new EtherAddress((ushort)high, (uint)low), Assert.IsType<EtherSyntax>(Parse(filter)).Address);

    [Theory]
    [InlineData("port 80-90", "80-90")]
    [InlineData("port ftp-data", "ftp-data")]
    [InlineData(@"host \tcp", "tcp")]
    [InlineData("host a_b.c-d.", "a_b.c-d.")]
    [InlineData("host 1.2.3.4.5", "1.2.3.4.5")]
    public void The_longest_match_is_a_name(string filter, string name) => Assert.Equal(name, Assert.IsType<NameSyntax>(Parse(filter)).Name);

    [Fact]
    public void Each_condition_knows_where_it_stands()
    {
        var chain = Assert.IsType<ChainSyntax>(Parse("tcp and net 10.0.0.0/8 and ip[0] & 15 = 5"));
        Assert.Equal(["tcp", "10.0.0.0/8", "ip[0] & 15 = 5"], chain.Rest.Select(link => link.Operand).Prepend(chain.First).Select(operand => operand.Span.Text.ToString()));
    }

    [Fact]
    public void An_empty_filter_is_no_tree_and_no_error()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(FilterSyntax.Parse(new SourceText("filter", "  \n"), diagnostics));
        Assert.Empty(diagnostics);
    }

    private static FilterSyntax Parse(string filter)
    {
        var diagnostics = new DiagnosticBag();
        FilterSyntax? syntax = FilterSyntax.Parse(new SourceText("filter", filter), diagnostics);
        diagnostics.ThrowIfErrors();
        return syntax!;
    }
}
