namespace Imker.Btf.Tests;

internal static class Fixtures
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The types of <c>testdata/types.c</c>, as clang writes them for little-endian eBPF.</summary>
    public static BtfFile Types { get; } = BtfFile.Read("types.c", Bytes("types.el.btf"));

    public static BtfType Find(this BtfFile btf, BtfKind kind, string name) =>
        btf.TryFind(kind, name, out BtfType type) ? type : throw new KeyNotFoundException($"{kind} {name}");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "testdata", name);
}
