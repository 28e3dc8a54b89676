using System.CommandLine;
using System.CommandLine.Parsing;
using Imker.Diagnostics;

namespace Imker.Cli;

/// <summary>Finds options that a command does not have where it takes any words.</summary>
internal static class UnknownOption
{
    /// <summary>What looks like an option among the words is one that we do not have: words that begin so stand behind <c>--</c>, or are numbers.</summary>
    /// <param name="word">What the words are, for the message.</param>
    /// <exception cref="UsageException">There is one.</exception>
    public static void Refuse(ParseResult result, IEnumerable<Option> options, Argument<string[]> words, string word)
    {
        HashSet<Token> before = [.. result.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)];
        Token? unknown = result.GetResult(words)?.Tokens.FirstOrDefault(t => before.Contains(t) && t.Value is ['-', not (>= '0' and <= '9'), ..]);
        if (unknown is null)
            return;
        string proposal = Spelling.Suggestion(unknown.Value, options.SelectMany(o => o.Aliases.Prepend(o.Name)));
        throw new UsageException($"there is no option '{unknown.Value}'{proposal}; {word} that begins with '-' stands behind '--'");
    }
}
