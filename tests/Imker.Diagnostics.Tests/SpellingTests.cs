using CsCheck;

namespace Imker.Diagnostics.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("getaddrinof", "getaddrinfo")]
    [InlineData("prinft", "printf")]
    [InlineData("PID", "pid")]
    [InlineData("kprob", "kprobe")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_and_far_ones_are_not(string name, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(name, ["getaddrinfo", "printf", "pid", "kprobe", "gethostbyname"]));

    [Fact]
    public void The_first_of_equally_near_names_wins() => Assert.Equal("aab", Spelling.Nearest("aaa", ["aab", "aac"]));

    [Fact]
    public void A_name_with_one_letter_changed_is_found_again()
    {
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 4, 20], Gen.Int[0, 1000], Gen.Char['a', 'z']).Sample((name, place, letter) =>
        {
            char[] changed = name.ToCharArray();
            changed[place % changed.Length] = letter;
            Assert.Equal(name, Spelling.Nearest(new string(changed), [name]));
        });
    }
}
