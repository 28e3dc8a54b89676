namespace Imker.TestKit;

/// <summary>What each kernel that we test on has, measured, from <c>known-kernels.tsv</c>.</summary>
public static class KnownKernels
{
    private static readonly string[] Columns = ["6.18", "5.10", "6.1", "6.12"];

    private static readonly Dictionary<string, bool[]> Rows = ReadRows();

    /// <summary>The running kernel's column; null when it is none of these.</summary>
    public static string? Running { get; } = Recognize(File.ReadAllText("/proc/sys/kernel/osrelease").Trim());

    public static IReadOnlyCollection<string> Names => Rows.Keys;

    /// <summary>Null where nothing is known of that kernel.</summary>
    /// <exception cref="ArgumentException">Nothing is known of that name.</exception>
    public static bool? Has(string? kernel, string name)
    {
        if (!Rows.TryGetValue(name, out bool[]? row))
            throw new ArgumentException($"known-kernels.tsv has no row '{name}'", nameof(name));
        return kernel is null ? null : row[Array.IndexOf(Columns, kernel)];
    }

    private static string? Recognize(string release) => release switch
    {
        _ when release.StartsWith("6.18.", StringComparison.Ordinal) && release.Contains("-fc-", StringComparison.Ordinal) => "6.18",
        _ when release.StartsWith("5.10.", StringComparison.Ordinal) && IsDebian(release) => "5.10",
        _ when release.StartsWith("6.1.", StringComparison.Ordinal) && IsDebian(release) => "6.1",
        _ when release.StartsWith("6.12.", StringComparison.Ordinal) && IsDebian(release) => "6.12",
        _ => null,
    };

    private static bool IsDebian(string release) => release.EndsWith("-amd64", StringComparison.Ordinal);

    private static Dictionary<string, bool[]> ReadRows()
    {
        using StreamReader reader = new(typeof(KnownKernels).Assembly.GetManifestResourceStream("known-kernels.tsv")!);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => cells.Skip(1).Select(c => c == "yes").ToArray());
    }
}
