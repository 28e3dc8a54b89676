namespace Imker.Capture.Dissection;

/// <summary>A file of lines of words, with comments behind <c>#</c>, as <c>/etc</c> has them; none where it cannot be read.</summary>
internal static class NameFile
{
    private const int LargestFile = 1 << 22;

    private static readonly char[] Blanks = [' ', '\t', '\r'];

    public static IEnumerable<string[]> Rows(string path)
    {
        foreach (string line in Lines(path))
        {
            string[] words = line.Split('#', 2)[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1)
                yield return words;
        }
    }

    private static string[] Lines(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestFile ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
