namespace Imker.TestKit;

/// <summary>The files of <c>tests/corpus</c>: sources with what was built of them, so that tests need no compiler.</summary>
public static class Corpus
{
    /// <summary>The full path of a file of the corpus.</summary>
    /// <param name="name">Relative to <c>tests/corpus</c>.</param>
    public static string PathOf(string name) => Path.Combine(Machine.RepositoryRoot, "tests", "corpus", name);

    /// <summary>An eBPF object by its name without <c>.bpf.o</c>.</summary>
    public static byte[] ReadObject(string name) => File.ReadAllBytes(PathOf($"objects/{name}.bpf.o"));
}
