using System.Globalization;

namespace Imker.Bench.Scenarios;

/// <summary>The program with every library that it maps.</summary>
internal static class ProgramSize
{
    public static IEnumerable<Row> Run(Setup setup)
    {
        yield return new Row("program with its libraries", [.. setup.Peers.Select(peer => Describe(FilesOf(peer.Prefix[0])))]);
    }

    private static string Describe(IReadOnlyCollection<string> files) => string.Create(
        CultureInfo.InvariantCulture, $"{files.Sum(f => new FileInfo(f).Length) / 1048576.0:0.0} MiB, {files.Count} {(files.Count == 1 ? "file" : "files")}");

    private static HashSet<string> FilesOf(string program)
    {
        Spawned ldd = Spawned.Start(["/usr/bin/ldd", program], readOutput: true);
        using StreamReader reader = new(ldd.Output!);
        string[] words = reader.ReadToEnd().Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        ldd.WaitForEnd();
        return [.. words.Where(w => w.StartsWith('/') && !w.EndsWith(':')).Append(program).Select(Resolve)];
    }

    private static string Resolve(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
