using System.Text.RegularExpressions;

namespace Imker.Architecture.Tests;

/// <summary>What the source text may not be.</summary>
public sealed partial class SourceRuleTests
{
    private const int LongestFile = 500;

    private static readonly string[] NamesThatSayNothing = ["Utils", "Util", "Common", "Core", "Helpers", "Helper", "Managers", "Manager", "Misc", "Shared"];

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Rule.IsKept(
            from file in Repository.SourceFiles()
            let lines = File.ReadLines(file).Count()
            where lines > LongestFile
            select $"{Repository.Relative(file)}: {lines} lines");

    [Fact]
    public void No_file_carries_a_mark_of_unfinished_work() => Rule.IsKept(LinesThatMatch(UnfinishedWork()));

    [Fact]
    public void No_file_has_regions() => Rule.IsKept(LinesThatMatch(Region()));

    [Fact]
    public void A_project_is_named_for_what_it_models() =>
        Rule.IsKept(
            from project in Repository.Projects()
            let name = Path.GetFileNameWithoutExtension(project)
            where name.Split('.').Any(part => NamesThatSayNothing.Contains(part))
            select name);

    private static IEnumerable<string> LinesThatMatch(Regex pattern) =>
        from file in Repository.SourceFiles()
        from line in File.ReadLines(file).Index()
        where pattern.IsMatch(line.Item)
        select $"{Repository.Relative(file)}:{line.Index + 1}: {line.Item.Trim()}";

    // Spelled in two halves, or this file would match.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex UnfinishedWork();

    [GeneratedRegex(@"^\s*#" + "region")]
    private static partial Regex Region();
}
