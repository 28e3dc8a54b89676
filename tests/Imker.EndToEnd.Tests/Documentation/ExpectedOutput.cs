using System.Text;
using System.Text.RegularExpressions;

namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>Output as a page shows it: <c>…</c> alone on a line stands for any lines, also none; within a line for any text.</summary>
public static class ExpectedOutput
{
    private const string Varies = "…";

    public static bool Matches(IReadOnlyList<string> expected, string actual) =>
        Regex.IsMatch(actual.TrimEnd('\n') + "\n", Pattern(expected), RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string Pattern(IReadOnlyList<string> expected)
    {
        // Of no output is left what TrimEnd and the line break make of it.
        if (expected.Count == 0)
            return @"\A\n\z";
        var pattern = new StringBuilder(@"\A");
        foreach (string line in expected)
            pattern.Append(line.Trim() == Varies ? @"(?:[^\n]*\n)*?" : LinePattern(line) + @"\n");
        return pattern.Append(@"\z").ToString();
    }

    private static string LinePattern(string line) =>
        string.Join("[^\n]*?", line.Split(Varies).Select(Regex.Escape));
}
