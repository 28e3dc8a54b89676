using System.Collections.Immutable;
using System.Text;

namespace Imker.Cli;

/// <summary>Splits the text of <c>-c</c> into a program and its arguments, as a shell would without expanding anything.</summary>
internal static class CommandWords
{
    /// <exception cref="UsageException">A quote is not closed, or there is no word.</exception>
    public static ImmutableArray<string> Split(string command)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        bool isWord = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (quote != '\0' && c == quote)
                quote = '\0';
            else if (c == '\\' && quote != '\'' && i + 1 < command.Length)
                (_, isWord) = (word.Append(command[++i]), true);
            else if (quote == '\0' && c is '\'' or '"')
                (quote, isWord) = (c, true);
            else if (quote == '\0' && char.IsWhiteSpace(c))
                Finish();
            else
                (_, isWord) = (word.Append(c), true);
        }
        if (quote != '\0')
            throw new UsageException($"cannot read the command {command}: a {quote} is not closed");
        Finish();
        return words.Count > 0 ? words.ToImmutable() : throw new UsageException("-c needs a command");

        void Finish()
        {
            if (isWord)
                words.Add(word.ToString());
            word.Clear();
            isWord = false;
        }
    }
}
