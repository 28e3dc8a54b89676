using System.Globalization;
using Imker.Diagnostics;
using Imker.Inspect;

namespace Imker.Cli;

/// <summary>The words of a command line in bpftool's grammar, read one after the other; options may stand anywhere.</summary>
internal sealed class InspectWords
{
    private readonly List<string> words = [];
    private int next;

    /// <exception cref="UsageException">There is an option that these commands do not have.</exception>
    public InspectWords(string command, IEnumerable<string> arguments)
    {
        Command = command;
        foreach (string argument in arguments)
        {
            if (argument is ['-', not (>= '0' and <= '9'), ..])
                TakeOption(argument);
            else
                words.Add(argument);
        }
    }

    /// <summary>The command that the words belong to, as messages call it.</summary>
    public string Command { get; }

    public bool WantsHelp { get; private set; }

    public InspectFormat Format { get; private set; }

    /// <summary>Whether paths in file systems of BPF are to be looked for.</summary>
    public bool ShowsPins { get; private set; }

    public bool IsAtEnd => next == words.Count;

    /// <summary>The next word, without taking it.</summary>
    public string? Peek() => IsAtEnd ? null : words[next];

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Accept(string word)
    {
        if (Peek() != word)
            return false;
        next++;
        return true;
    }

    /// <summary>Takes the next word.</summary>
    /// <param name="what">What it should be, for the message.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public string Take(string what) => IsAtEnd ? throw Refusal($"{what} is missing at the end") : words[next++];

    /// <summary>Takes one of a few words.</summary>
    /// <exception cref="UsageException">The next is another.</exception>
    public string TakeOneOf(params string[] choices)
    {
        string list = string.Join(", ", choices[..^1]) + (choices.Length > 1 ? " or " : "") + choices[^1];
        string word = Take(list);
        return choices.Contains(word) ? word : throw Refusal($"'{word}' is not {list}{Spelling.Suggestion(word, choices)}");
    }

    /// <summary>Takes a number, decimal or with <c>0x</c>.</summary>
    /// <exception cref="UsageException">It is none, or too large.</exception>
    public uint TakeNumber(string what)
    {
        string word = Take(what);
        return TryNumber(word, out ulong value) && value <= uint.MaxValue ? (uint)value : throw Refusal($"{what} is a number; it cannot be '{word}'");
    }

    /// <summary>Takes what names an object: <c>id N</c> (or only the number), <c>pinned FILE</c>, <c>tag TAG</c>, <c>name NAME</c>.</summary>
    /// <param name="kinds">What there is for this kind of object.</param>
    /// <exception cref="UsageException">It is something else.</exception>
    public ObjectSelector TakeSelector(params SelectorKind[] kinds)
    {
        if (Peek() is [>= '0' and <= '9', ..])
            return new ObjectSelector(SelectorKind.Id, Take("an id"));
        string[] names = [.. kinds.Select(kind => kind.ToString().ToLowerInvariant())];
        SelectorKind chosen = kinds[Array.IndexOf(names, TakeOneOf(names))];
        return new ObjectSelector(chosen, Take($"a value for {chosen.ToString().ToLowerInvariant()}"));
    }

    /// <summary>Refuses what is left.</summary>
    /// <exception cref="UsageException">There is something.</exception>
    public void End()
    {
        if (!IsAtEnd)
            throw Refusal($"'{words[next]}' is not expected here");
    }

    public UsageException Refusal(string problem) => new($"imker {Command}: {problem}; 'imker {Command.Split(' ')[0]} --help' shows what there is");

    public static bool TryNumber(string word, out ulong value) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private void TakeOption(string option)
    {
        switch (option)
        {
            case "-h" or "--help":
                WantsHelp = true;
                break;
            case "-j" or "--json":
                Format = Format == InspectFormat.PrettyJson ? Format : InspectFormat.Json;
                break;
            case "-p" or "--pretty":
                Format = InspectFormat.PrettyJson;
                break;
            case "-f" or "--bpffs":
                ShowsPins = true;
                break;
            default:
                throw Refusal($"there is no option '{option}'{Spelling.Suggestion(option, ["--help", "--json", "--pretty", "--bpffs"])}");
        }
    }
}
