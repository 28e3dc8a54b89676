using Xunit;

namespace Imker.Filter.Tests.Links;

public sealed class LinkTypeTests
{
    [Theory]
    [InlineData("EN10MB", 1)]
    [InlineData("en10mb", 1)]
    [InlineData("DLT_RAW", 12)]
    [InlineData("linux_sll2", 276)]
    public void A_type_is_found_by_its_name_in_any_case(string name, int value)
    {
        Assert.True(LinkType.TryParse(name, out LinkType type));
        Assert.Equal(value, type.Value);
    }

    [Fact]
    public void Unknown_names_are_not_found() => Assert.False(LinkType.TryParse("EN10", out _));

    [Fact]
    public void Files_number_some_types_otherwise()
    {
        Assert.Equal(101, LinkType.Raw.FileValue);
        Assert.Equal(LinkType.Raw, LinkType.FromFile(101));
        Assert.Equal(LinkType.Ethernet, LinkType.FromFile(1));
    }

    [Fact]
    public void A_type_that_is_not_known_is_called_by_its_number()
    {
        var type = new LinkType(5000);
        Assert.False(type.IsKnown);
        Assert.Equal(("5000", "DLT 5000", 5000), (type.Name, type.Description, type.FileValue));
    }

    [Fact]
    public void Names_and_numbers_are_each_there_once()
    {
        LinkType[] all = [.. LinkType.All];
        Assert.True(all.Length > 150);
        Assert.Equal(all.Length, all.Select(type => type.Name).Distinct().Count());
        Assert.All(all, type => Assert.Equal(type, LinkType.FromFile(type.FileValue)));
    }
}
