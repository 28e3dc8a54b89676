using Imker.EndToEnd.Tests.Blocks;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests;

/// <summary>Every block of every <c>.e2e</c> file below <c>testdata</c>.</summary>
public sealed class BlockTests
{
    private static readonly Dictionary<string, IReadOnlyList<Block>> Files =
        Directory.EnumerateFiles(Golden.PathOf(""), "*.e2e", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToDictionary(f => Path.GetRelativePath(Golden.PathOf(""), f), f => BlockReader.Read(f, File.ReadAllText(f)));

    public static IEnumerable<TheoryDataRow<string, string>> Rows() =>
        from file in Files
        from block in file.Value
        select new TheoryDataRow<string, string>(file.Key, block.Name);

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_program_does_what_the_block_says(string file, string name) =>
        BlockRunner.Run(Files[file].Single(b => b.Name == name), ImkerBinary.Path);
}
