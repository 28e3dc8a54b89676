namespace Imker.Filter.Tests.Compilation;

/// <summary>A filter of the corpus with what it is compiled for.</summary>
internal sealed record CorpusEntry(string LinkType, uint SnapLength, string Filter)
{
    private static readonly string Folder = Path.Combine(
        Path.GetDirectoryName(Path.GetDirectoryName(ThisFile())!)!, "corpus");

    /// <summary>Every filter of <c>corpus/*.txt</c> with every link-layer type and length that stand before it.</summary>
    public static IReadOnlyList<CorpusEntry> All { get; } = [.. Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(ReadFile)];

    public override string ToString() => $"-y {LinkType} -s {SnapLength} '{Filter}'";

    private static IEnumerable<CorpusEntry> ReadFile(string path)
    {
        string[] links = [];
        uint[] lengths = [];
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                (links, lengths) = (words[1].Split(','), [.. words[2].Split(',').Select(uint.Parse)]);
                continue;
            }
            foreach (string link in links)
            {
                foreach (uint length in lengths)
                    yield return new CorpusEntry(link, length, line);
            }
        }
    }

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
