namespace Imker.TableGenerator;

/// <summary>Rows of cells separated by tabs; lines that start with <c>#</c> explain the columns, <c>-</c> is an empty cell.</summary>
internal sealed record Table(string Name, IReadOnlyList<string[]> Rows)
{
    public static Table Read(string path)
    {
        var rows = new List<string[]>();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            string[] cells = [.. line.Split('\t').Select(cell => cell == "-" ? "" : cell)];
            if (rows.Count > 0 && rows[0].Length != cells.Length)
                throw new InvalidDataException($"{path}: a row of {cells.Length} cells among rows of {rows[0].Length}: {line}");
            rows.Add(cells);
        }
        return new Table(Path.GetFileName(path), rows);
    }
}
