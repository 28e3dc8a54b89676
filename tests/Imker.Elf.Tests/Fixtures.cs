namespace Imker.Elf.Tests;

/// <summary><c>testdata/functions.c</c>, built for several machines.</summary>
internal static class Fixtures
{
    public static readonly string[] All = [.. Directory.GetFiles(Folder, "*.so").Select(Path.GetFileName).Order()!];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "testdata");

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static string[] Lines(string name) => File.ReadAllLines(PathOf(name));

    public static ElfFile Open(string name) => ElfFile.Read(name, Bytes(name));

    public static ElfSymbol Function(this ElfFile file, string name) =>
        file.TryFindFunction(name, out ElfSymbol symbol) ? symbol : throw new KeyNotFoundException(name);
}
