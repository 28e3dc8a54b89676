namespace Imker.Inspect;

/// <summary>The headers that C programs are compiled with; they stand in this assembly.</summary>
public static class CHeaders
{
    private const string Prefix = "include/";

    /// <summary>Paths below the directory of headers, such as <c>bpf/bpf_helpers.h</c>.</summary>
    public static IEnumerable<string> Names =>
        from name in typeof(CHeaders).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        select name[Prefix.Length..];

    /// <summary>Writes all of them.</summary>
    /// <param name="directory">It is there already.</param>
    public static void WriteTo(string directory)
    {
        foreach (string name in Names)
        {
            string path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream source = typeof(CHeaders).Assembly.GetManifestResourceStream(Prefix + name)!;
            using FileStream target = File.Create(path);
            source.CopyTo(target);
        }
    }
}
