using System.Globalization;

namespace Imker.EndToEnd.Tests.Blocks;

/// <summary>Reads <c>.e2e</c> files. What it does not understand is an error, so that no test is lost to a slip of the pen.</summary>
public static class BlockReader
{
    private const string Indentation = "  ";

    /// <exception cref="FormatException">Names file and line.</exception>
    public static IReadOnlyList<Block> Read(string file, string text)
    {
        List<Block> blocks = [];
        foreach (Entry entry in ReadEntries(file, text.ReplaceLineEndings("\n").Split('\n')))
        {
            if (entry.Key == "NAME")
                blocks.Add(blocks.Exists(b => b.Name == entry.Value)
                    ? throw new FormatException($"{file}:{entry.Line}: there is another block with this name")
                    : new Block(entry.Value, entry.Line));
            else if (blocks.Count == 0)
                throw new FormatException($"{file}:{entry.Line}: a block starts with NAME");
            else
                blocks[^1] = Apply(blocks[^1], entry, file);
        }
        foreach (Block block in blocks)
            Check(block, file);
        return blocks;
    }

    private static Block Apply(Block block, Entry entry, string file) => entry.Key switch
    {
        "PROG" => block with { Program = entry.Value },
        "ARGS" => block with { Arguments = entry.Value },
        "RUN" => block with { Workload = entry.Value },
        "EXPECT" => block with { Output = entry.Value },
        "EXPECT_REGEX" => block with { OutputPatterns = entry.Value.Split('\n') },
        "EXPECT_JSON" => block with { OutputObjects = entry.Value.Split('\n') },
        "EXPECT_ERR" => block with { ErrorTexts = entry.Value.Split('\n') },
        "EXIT" => block with { ExitCode = Number(entry, file) },
        "NEEDS" => block with { Needs = entry.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
        "TIMEOUT" => block with { Limit = TimeSpan.FromSeconds(Number(entry, file)) },
        _ => throw new FormatException($"{file}:{entry.Line}: unknown key '{entry.Key}'"),
    };

    private static void Check(Block block, string file)
    {
        if (block.Program is null && block.Arguments.Length == 0)
            throw new FormatException($"{file}:{block.Line}: neither PROG nor ARGS");
        if (block is { Output: null, OutputPatterns: [], OutputObjects: [], ErrorTexts: [] })
            throw new FormatException($"{file}:{block.Line}: nothing is expected");
    }

    private static int Number(Entry entry, string file) => int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"{file}:{entry.Line}: {entry.Key} takes a number");

    private static IEnumerable<Entry> ReadEntries(string file, string[] lines)
    {
        for (int i = 0; i < lines.Length;)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                i++;
                continue;
            }
            if (!char.IsAsciiLetterUpper(lines[i][0]))
                throw new FormatException($"{file}:{i + 1}: neither a key nor, indented by two blanks, a line of the one before");
            int space = lines[i].IndexOf(' ', StringComparison.Ordinal);
            string key = space < 0 ? lines[i] : lines[i][..space];
            List<string> value = space < 0 ? [] : [lines[i][(space + 1)..]];
            int first = i++;
            for (; i < lines.Length && Continues(lines, i); i++)
                value.Add(lines[i].Length == 0 ? "" : lines[i][Indentation.Length..]);
            yield return new Entry(key, string.Join('\n', value), first + 1);
        }
    }

    /// <summary>An empty line belongs to the value when an indented one follows.</summary>
    private static bool Continues(string[] lines, int i)
    {
        while (i < lines.Length && lines[i].Length == 0)
            i++;
        return i < lines.Length && lines[i].StartsWith(Indentation, StringComparison.Ordinal);
    }

    private sealed record Entry(string Key, string Value, int Line);
}
