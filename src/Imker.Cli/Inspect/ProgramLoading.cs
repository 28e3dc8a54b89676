using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary><c>imker prog load</c> and <c>loadall</c>: loads an object, and pins its programs and maps so that they stay.</summary>
internal static class ProgramLoading
{
    /// <summary>Bytes; larger objects are refused.</summary>
    public const int LargestObject = 256 << 20;

    public static void Load(InspectWords words, bool isAll)
    {
        string path = words.Take("the object file");
        string pin = words.Take(isAll ? "the directory to pin the programs in" : "the file to pin the program at");
        string? mapDirectory = words.Accept("pinmaps") ? words.Take("the directory to pin the maps in") : null;
        words.End();
        BpfObject source = Read(path);
        if (source.Programs.IsEmpty)
            throw new UsageException($"{path} has no programs");
        using LoadedObject loaded = ObjectLoader.Load(source);
        List<string> made = [];
        try
        {
            PinMaps(loaded, mapDirectory, made);
            PinPrograms(loaded, pin, isAll, made);
        }
        catch
        {
            // All or nothing: what was pinned before the refusal goes again.
            foreach (string file in Enumerable.Reverse(made))
                File.Delete(file);
            throw;
        }
    }

    /// <summary>Reads an object file that the user names.</summary>
    /// <exception cref="FileAccessException">It cannot be read.</exception>
    /// <exception cref="DiagnosticException">It is no object.</exception>
    public static BpfObject Read(string path) => BpfObjectReader.Read(InputFile.Read("the object", path, LargestObject), path);

    private static void PinMaps(LoadedObject loaded, string? directory, List<string> made)
    {
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        foreach ((string name, KernelMap map) in loaded.Maps)
            Pin(map.Pin, Path.Combine(directory, FileName(name)), made);
    }

    private static void PinPrograms(LoadedObject loaded, string pin, bool isAll, List<string> made)
    {
        IEnumerable<ProgramSpec> programs = loaded.Blueprint.Programs.Where(program => loaded.Programs.ContainsKey(program.Name));
        if (!isAll)
        {
            Pin(loaded.Programs[programs.First().Name].Pin, pin, made);
            return;
        }
        Directory.CreateDirectory(pin);
        foreach (ProgramSpec program in programs)
            Pin(loaded.Programs[program.Name].Pin, Path.Combine(pin, FileName(program.Name)), made);
    }

    private static void Pin(Action<string> pin, string path, List<string> made)
    {
        pin(path);
        made.Add(path);
    }

    // bpffs keeps names with dots for itself, and libbpf pins sections of data under names with underscores.
    private static string FileName(string name) => name.Replace('.', '_').Replace('/', '_');
}
