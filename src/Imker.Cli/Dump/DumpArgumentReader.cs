using Imker.Diagnostics;

namespace Imker.Cli;

/// <summary>
/// Reads the command line as getopt_long(3) does for tcpdump: letters in one word, the last with its value joined or in the next word;
/// long names, also abbreviated; options and words of the filter in any order, until <c>--</c>.
/// </summary>
internal sealed class DumpArgumentReader
{
    private readonly IReadOnlyList<string> words;
    private readonly DumpArguments result = new();
    private readonly List<string> filter = [];
    private int next;

    private DumpArgumentReader(IReadOnlyList<string> words) => this.words = words;

    /// <exception cref="UsageException">An option is not known, or its value is wrong.</exception>
    public static DumpArguments Read(IReadOnlyList<string> words)
    {
        var reader = new DumpArgumentReader(words);
        reader.ReadAll();
        return reader.result;
    }

    private void ReadAll()
    {
        while (next < words.Count)
        {
            string word = words[next++];
            if (word == "--")
            {
                filter.AddRange(words.Skip(next));
                break;
            }
            if (word.StartsWith("--", StringComparison.Ordinal))
                ReadLong(word[2..]);
            else if (word.Length > 1 && word[0] == '-')
                ReadLetters(word);
            else
                filter.Add(word);
        }
        result.Filter = string.Join(' ', filter);
    }

    private void ReadLetters(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            DumpOption option = DumpOptionTable.All.FirstOrDefault(o => o.Short == word[i]) ?? throw Unknown($"-{word[i]}");
            if (option.Value is null)
            {
                option.Apply(result, "");
                continue;
            }
            option.Apply(result, i + 1 < word.Length ? word[(i + 1)..] : TakeValue(option.Name));
            return;
        }
    }

    private void ReadLong(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        DumpOption option = FindLong(name);
        if (option.Value is null && equals >= 0)
            throw new UsageException($"--{option.Long} takes no value");
        option.Apply(result, option.Value is null ? "" : equals >= 0 ? word[(equals + 1)..] : TakeValue($"--{option.Long}"));
    }

    private static DumpOption FindLong(string name)
    {
        List<DumpOption> found = [.. DumpOptionTable.All.Where(o => o.Long == name)];
        if (found.Count == 0)
            found = [.. DumpOptionTable.All.Where(o => o.Long?.StartsWith(name, StringComparison.Ordinal) == true)];
        return found switch
        {
            [var only] => only,
            [] => throw Unknown($"--{name}"),
            _ => throw new UsageException($"--{name} may be {string.Join(" or ", found.Select(o => $"--{o.Long}"))}"),
        };
    }

    private string TakeValue(string option) => next < words.Count ? words[next++] : throw new UsageException($"{option} needs a value");

    private static UsageException Unknown(string name) => new(
        $"there is no option '{name}'{Spelling.Suggestion(name, DumpOptionTable.All.Where(o => o.Long is not null).Select(o => $"--{o.Long}"))}; 'imker dump --help' tells them");
}
