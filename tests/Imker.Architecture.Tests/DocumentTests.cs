using System.Text.RegularExpressions;

namespace Imker.Architecture.Tests;

public sealed partial class DocumentTests
{
    /// <summary>docs/security.md names the test that shows each of its statements.</summary>
    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs/security.md"));
        string tests = string.Join('\n', Repository.SourceFiles().Where(f => Repository.Relative(f).StartsWith("tests/", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] names = [.. TestName().Matches(text).Select(m => m.Groups[1].Value)];
        Assert.True(names.Length > 30);
        Rule.IsKept(names.Where(n => !tests.Contains($" void {n}(", StringComparison.Ordinal) && !tests.Contains($" class {n}", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"`(?=[^`]*[a-z])([A-Z]\w+(?:_\w+|Tests))`")]
    private static partial Regex TestName();
}
