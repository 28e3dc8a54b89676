using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Btf.Tests;

public sealed class BtfFieldTests
{
    private static BtfType Packet => Fixtures.Types.Find(BtfKind.Struct, "packet");

    // Expected offsets: clang's own listing in types.dump.txt.
    [Theory]
    [InlineData("links", "0:0", 0, 0)]
    [InlineData("links.previous", "0:0:1", 64, 0)]
    [InlineData("source", "0:2:0", 192, 0)]
    [InlineData("target", "0:2:1:0", 192 + 64, 0)]
    [InlineData("port", "0:2:1:1:0", 192 + 64, 0)]
    [InlineData("flags[1].high", "0:2:1:1:1:1:2", 192 + 64 + 64 + 64 + 16, 33)]
    [InlineData("flags[0].middle", "0:2:1:1:1:0:1", 192 + 64 + 64 + 5, 11)]
    [InlineData("table[2][4].bytes[3]", "0:3:2:4:2:3", 448 + 14 * 32 + 24, 0)]
    [InlineData("trailing[9]", "0:16:9", 1856 + 9 * 64, 0)]
    public void A_path_leads_through_members_elements_and_anonymous_types(string path, string access, ulong bitOffset, uint bitfieldSize)
    {
        BtfField field = Fixtures.Types.FindField(Packet, path);
        Assert.Equal((access, bitOffset, bitfieldSize), (field.AccessString, field.BitOffset, field.BitfieldSize));
    }

    [Theory]
    [InlineData("sourcee", "cannot find 'sourcee' in struct packet: struct packet has no member 'sourcee' (did you mean 'source'?)")]
    [InlineData("flags[2].low", "cannot find 'flags[2].low' in struct packet: element 2 of 2")]
    [InlineData("source.x", "cannot find 'source.x' in struct packet: typedef u32 has no members")]
    [InlineData("hidden[0]", "cannot find 'hidden[0]' in struct packet: a pointer without a name has no elements")]
    [InlineData("links..next", "cannot find 'links..next' in struct packet: a member's name is missing")]
    [InlineData("flags[x]", "cannot find 'flags[x]' in struct packet: an element's number in brackets is missing")]
    [InlineData("flags[0]low", "cannot find 'flags[0]low' in struct packet: a dot is missing behind a bracket")]
    public void A_path_that_leads_nowhere_says_why(string path, string message)
    {
        Assert.False(Fixtures.Types.TryFindField(Packet, path, out _, out ImmutableArray<Diagnostic> diagnostics));
        Assert.Equal(message, diagnostics.Single().Message);
    }

    [Fact]
    public void Members_of_anonymous_types_are_among_the_names_of_the_outer_one()
    {
        Assert.Contains("port", Fixtures.Types.MemberNamesOf(Packet));
        Assert.DoesNotContain("low", Fixtures.Types.MemberNamesOf(Packet));
    }

    [Fact]
    public void A_member_is_found_through_a_typedef_and_qualifiers() =>
        Assert.True(Fixtures.Types.TryFindMember(Fixtures.Types.Find(BtfKind.Variable, "packet_one").Target, "shade", out _));
}
