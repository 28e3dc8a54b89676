namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>A fenced block of a Markdown page.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Line">Of the opening fence, from 1.</param>
/// <param name="Language">The first word behind the opening fence.</param>
/// <param name="FileName">The second word: the file that the block is the content of; empty where there is none.</param>
/// <param name="Content">With a line break at its end.</param>
public sealed record Fence(string Page, int Line, string Language, string FileName, string Content)
{
    private const string Mark = "```";

    /// <exception cref="FormatException">A fence is not closed, or says no language.</exception>
    public static IReadOnlyList<Fence> ReadAll(string page, string text)
    {
        List<Fence> fences = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Mark, StringComparison.Ordinal))
                continue;
            string[] words = lines[i][Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int end = Array.IndexOf(lines, Mark, i + 1);
            if (words.Length is 0 or > 2)
                throw new FormatException($"{page}:{i + 1}: a fence names a language, and perhaps a file");
            if (end < 0)
                throw new FormatException($"{page}:{i + 1}: the fence is not closed");
            fences.Add(new Fence(page, i + 1, words[0], words.ElementAtOrDefault(1) ?? "", string.Concat(lines[(i + 1)..end].Select(l => l + "\n"))));
            i = end;
        }
        return fences;
    }
}
