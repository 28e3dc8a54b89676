using System.Text.RegularExpressions;
using Imker.EndToEnd.Tests.Documentation;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Every example of the documentation and of the help does what it says. <c>tests/README.md</c> has the convention.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Run = ["console", "sh", "bt"], Compared = ["csharp"], OnlyShown = ["text"], Files = ["c"];

    public static IEnumerable<TheoryDataRow<string, int>> Examples() =>
        from fence in Pages.AllFences
        where Run.Contains(fence.Language)
        select new TheoryDataRow<string, int>(fence.Page, fence.Line);

    public static IEnumerable<TheoryDataRow<string, int>> Programs() =>
        from fence in Pages.AllFences
        where Compared.Contains(fence.Language)
        select new TheoryDataRow<string, int>(fence.Page, fence.Line);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_its_page_shows(string page, int line)
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        Fence fence = Pages.FencesOf(page).Single(f => f.Line == line);
        using var directory = new WorkingDirectory(Pages.FencesOf(page));
        switch (fence.Language)
        {
            case "console": ExampleRunner.RunConsole(fence, directory); break;
            case "sh": ExampleRunner.RunShell(fence, directory); break;
            default: ExampleRunner.LoadScript(fence); break;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_piece_of_CSharp_stands_in_a_sample(string page, int line)
    {
        Fence fence = Pages.FencesOf(page).Single(f => f.Line == line);
        Assert.True(Samples.Contain(fence.Content), $"{page}:{line}: no file of samples/ has these lines");
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void A_sample_runs_and_says_what_is_expected(string name)
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        ProgramResult result = Samples.Run(name);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(ExpectedOutput.Matches(Golden.Read($"samples/{name}.txt").TrimEnd('\n').Split('\n'), result.Output), result.Output);
    }

    public static IEnumerable<TheoryDataRow<string>> SampleNames() => Samples.Names().Select(n => new TheoryDataRow<string>(n));

    [Fact]
    public void Every_block_says_whether_it_is_run() =>
        Assert.Empty(
            from fence in Pages.AllFences
            where !Run.Concat(Compared).Concat(OnlyShown).Concat(Files).Contains(fence.Language)
            select $"{fence.Page}:{fence.Line}: '{fence.Language}' is none of the languages in tests/README.md");

    [Fact]
    public void Every_link_between_pages_leads_somewhere() =>
        Assert.Empty(
            from page in Pages.Paths()
            let directory = Path.GetDirectoryName(Path.Combine(Machine.RepositoryRoot, page))!
            from Match link in RelativeLink().Matches(File.ReadAllText(Path.Combine(Machine.RepositoryRoot, page)))
            where !Path.Exists(Path.Combine(directory, link.Groups[1].Value))
            select $"{page}: {link.Groups[1].Value}");

    [Fact]
    public void Every_page_is_reached_from_the_index()
    {
        string index = File.ReadAllText(Path.Combine(Machine.RepositoryRoot, "docs/README.md"));
        Assert.Empty(
            from page in Pages.Paths()
            where page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"
            where !index.Contains($"({page["docs/".Length..]})", StringComparison.Ordinal)
            select page);
    }

    [Theory]
    [InlineData("--help", "help.txt")]
    [InlineData("trace --help", "trace-help.txt")]
    [InlineData("dump --help", "dump-help.txt")]
    public void The_help_is_the_one_that_was_read(string arguments, string golden)
    {
        ProgramResult result = ImkerBinary.Run(arguments.Split(' '));
        Assert.Equal(0, result.ExitCode);
        Golden.Verify(golden, result.Output);
    }

    [Fact]
    public void Every_example_of_the_help_runs_and_says_something()
    {
        Machine.RequireRoot();
        Machine.RequireTracefs();
        using var directory = new WorkingDirectory([]);
        string[] examples = [.. HelpExample().Matches(ImkerBinary.Run(["--help"]).Output + ImkerBinary.Run(["trace", "--help"]).Output).Select(m => m.Groups[1].Value)];
        Assert.True(examples.Length > 3);
        foreach (string example in examples)
        {
            ProgramResult result = ExampleRunner.RunHelpExample(example, directory);
            Assert.True(result.ExitCode == 0, $"{example}\n{result.Output}");
            Assert.DoesNotContain("error:", result.Output, StringComparison.Ordinal);
            Assert.True(result.OutputLines.Count > 2 || result.Output == "hello\n", $"{example}\n{result.Output}");
        }
    }

    // Not those of the web.
    [GeneratedRegex(@"\]\(((?!https?:)[^)#]+)[^)]*\)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"^  (imker trace [^\[].*)$", RegexOptions.Multiline)]
    private static partial Regex HelpExample();
}
