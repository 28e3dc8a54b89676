using System.Reflection;
using System.Text;
using Imker.Bytecode;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary><c>eng/tables/hooks.tsv</c> is whole, names tests that exist, and is what <c>docs/hooks.md</c> shows.</summary>
public sealed class HookTableTests
{
    private const int Hook = 0, ProgramTypeCell = 1, AttachTypeCell = 2, Way = 3, LinkTypeCell = 4, FirstState = 6, Test = 10;
    private const string Begin = "<!-- table of eng/tables/hooks.tsv -->\n", End = "<!-- end of table -->\n";

    private static string Document => Path.Combine(Machine.RepositoryRoot, "docs/hooks.md");

    private static string[][] Rows { get; } =
        [.. File.ReadLines(Path.Combine(Machine.RepositoryRoot, "eng/tables/hooks.tsv")).Where(line => line[0] != '#').Select(line => line.Split('\t'))];

    [Fact]
    public void Every_program_attach_and_link_type_has_a_row()
    {
        Assert.Empty(Enum.GetNames<ProgramType>().Except(Rows.Select(row => row[ProgramTypeCell])).Except(["Unspecified"]));
        Assert.Empty(Enum.GetNames<AttachType>().Except(Rows.Select(row => row[AttachTypeCell])));
        Assert.Empty(Enum.GetNames<LinkType>().Except(Rows.Select(row => row[LinkTypeCell])).Except(["Unspecified"]));
    }

    [Fact]
    public void Every_hook_that_fires_names_the_test_that_shows_it()
    {
        HashSet<string> tests = [.. typeof(HookTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute or TheoryAttribute)).Select(method => method.Name)];
        Assert.All(Rows.Where(row => row[FirstState..Test].Contains("fires")), row => Assert.Contains(row[Test], tests));
    }

    [Fact]
    public void The_documentation_shows_the_table()
    {
        string text = File.ReadAllText(Document);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        string shown = text[from..to], table = Render();
        if (Environment.GetEnvironmentVariable("IMKER_GOLDEN") == "accept")
            File.WriteAllText(Document, text[..from] + table + text[to..]);
        else
            Assert.Equal(table, shown);
    }

    private static string Render()
    {
        var text = new StringBuilder("| hook | program type | attach type | since | attached by | link type | 5.10 | 6.1 | 6.12 | 6.18 |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (string[] row in Rows)
        {
            string type = KernelConstants.ProgramTypes.NameOf(Enum.Parse<ProgramType>(row[ProgramTypeCell]));
            string attach = row[AttachTypeCell] == "-" ? "–" : $"`{KernelConstants.AttachTypes.NameOf(Enum.Parse<AttachType>(row[AttachTypeCell]))}`";
            string link = row[LinkTypeCell] == "-" ? "–" : $"`{KernelConstants.LinkTypes.NameOf(Enum.Parse<LinkType>(row[LinkTypeCell]))}`";
            text.Append(null, $"| {row[Hook]} | `{type}` | {attach} | {SinceOf(row)} | {row[Way]} | {link} | {string.Join(" | ", row[FirstState..Test])} |\n");
        }
        return text.ToString();
    }

    private static Version SinceOf(string[] row)
    {
        Version program = KernelConstants.ProgramTypes.All.First(constant => constant.Value == Enum.Parse<ProgramType>(row[ProgramTypeCell])).Since;
        if (row[AttachTypeCell] == "-")
            return program;
        Version attach = KernelConstants.AttachTypes.All.First(constant => constant.Value == Enum.Parse<AttachType>(row[AttachTypeCell])).Since;
        return attach > program ? attach : program;
    }
}
