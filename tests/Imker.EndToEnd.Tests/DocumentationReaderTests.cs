using Imker.EndToEnd.Tests.Documentation;

namespace Imker.EndToEnd.Tests;

/// <summary>That the reader of the documentation finds what is wrong with an example.</summary>
public sealed class DocumentationReaderTests
{
    [Fact]
    public void A_block_has_a_language_a_file_and_a_content()
    {
        Fence fence = Assert.Single(Fence.ReadAll("a.md", "text\n```bt reads.bt\nBEGIN {\n\n}\n```\nmore\n"));
        Assert.Equal(new Fence("a.md", 2, "bt", "reads.bt", "BEGIN {\n\n}\n"), fence);
    }

    [Theory]
    [InlineData("```\ntext\n```\n", "a.md:1: a fence names a language, and perhaps a file")]
    [InlineData("\n```sh\ntrue\n", "a.md:2: the fence is not closed")]
    public void A_wrong_fence_is_an_error(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Fence.ReadAll("a.md", text)).Message);

    [Fact]
    public void Commands_and_what_they_say_are_told_apart()
    {
        IReadOnlyList<ConsoleStep> steps = ConsoleStep.ReadAll(new Fence("a.md", 1, "console", "", "$ cat <<END\n> one\n> END\none\n$ false\n$ echo $?\n1\n"));
        Assert.Equal(["cat <<END\none\nEND", "false", "echo $?"], steps.Select(s => s.Command));
        Assert.Equal(["one"], steps[0].Output);
        Assert.Empty(steps[1].Output);
        Assert.True(steps[2].ShowsExitCode);
    }

    [Theory]
    [InlineData("a|b", "a\nb\n", true)]
    [InlineData("a|b", "a\n", false)]
    [InlineData("a", "a\nb\n", false)]
    [InlineData("a…z", "a to z\n", true)]
    [InlineData("a…z", "a\nz\n", false)]
    [InlineData("a|…|z", "a\nz\n", true)]
    [InlineData("a|…|z", "a\nb\nc\nz\n", true)]
    [InlineData("a|…|z", "b\nz\n", false)]
    [InlineData("1.5", "1x5\n", false)]
    [InlineData("", "", true)]
    public void What_varies_may_be_anything_and_the_rest_is_as_written(string expected, string actual, bool matches) =>
        Assert.Equal(matches, ExpectedOutput.Matches(expected.Length == 0 ? [] : expected.Split('|'), actual));
}
