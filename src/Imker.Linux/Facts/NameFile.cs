using System.Text;

namespace Imker.Linux;

/// <summary>A database of names in <c>/etc</c>: words with blanks between, and remarks behind <c>#</c>. Read when it is first asked.</summary>
internal sealed class NameFile
{
    private const int Largest = 16 << 20;

    private readonly Lazy<string[][]> lines;

    internal NameFile(string path) => lines = new Lazy<string[][]>(() => RegularFile.TryRead(path, Largest) is { } bytes ? Parse(bytes) : []);

    /// <summary>The lines that hold words.</summary>
    internal IReadOnlyList<string[]> Lines => lines.Value;

    private static string[][] Parse(ReadOnlySpan<byte> bytes)
    {
        var found = new List<string[]>();
        foreach (ReadOnlySpan<char> line in Encoding.UTF8.GetString(bytes).AsSpan().EnumerateLines())
        {
            int remark = line.IndexOf('#');
            string[] words = (remark < 0 ? line : line[..remark]).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
                found.Add(words);
        }
        return [.. found];
    }
}
