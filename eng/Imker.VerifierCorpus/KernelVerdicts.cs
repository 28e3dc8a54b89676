using System.Globalization;
using Imker.Linux;
using Imker.Objects;

namespace Imker.VerifierCorpus;

/// <summary>Asks the running kernel for its verdict on each program of an object, one load a program.</summary>
internal static class KernelVerdicts
{
    /// <summary>Writes a line for each program: object, program, verdict, errno, instructions analysed, last word of the log.</summary>
    public static void Write(string path, TextWriter output)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        BpfObject source;
        try
        {
            source = BpfObjectReader.Read(File.ReadAllBytes(path), name);
        }
        catch (Diagnostics.DiagnosticException e)
        {
            output.WriteLine($"{name}\t-\tunreadable\t-\t0\t{Line(e.Diagnostics[0].Message)}");
            return;
        }
        foreach (ProgramSpec program in source.Programs.DistinctBy(program => program.Name))
            output.WriteLine($"{name}\t{program.Name}\t{VerdictOn(source, program)}");
    }

    private static string VerdictOn(BpfObject source, ProgramSpec program)
    {
        try
        {
            using LoadedObject loaded = ObjectLoader.Load(OnlyWith(source, program));
            return string.Create(CultureInfo.InvariantCulture, $"accept\t-\t{loaded.Programs[program.Name].GetInfo().VerifiedInstructions}\t");
        }
        catch (VerifierException e)
        {
            return $"reject\t{e.Error.Name}\t0\t{Line(LastLine(e.Log))}";
        }
        catch (BpfException e)
        {
            return $"{(e.Message.Contains("load program", StringComparison.Ordinal) ? "refuse" : "other")}\t{e.Error.Name}\t0\t{Line(e.Message)}";
        }
        catch (Exception e) when (e is Diagnostics.DiagnosticException or ArgumentException)
        {
            return $"other\t-\t0\t{Line(e.Message)}";
        }
    }

    /// <summary>The object with one program and none of the attachments.</summary>
    public static BpfObject OnlyWith(BpfObject source, ProgramSpec program) => source with
    {
        Programs = [program with { IsAutoLoaded = true }],
        Attachments = [],
        Maps = [.. source.Maps.Select(map => map with { InnerPrograms = [], Pinning = MapPinning.None })],
    };

    private static string LastLine(string log) => log.Split('\n')
        .LastOrDefault(line => line.Length > 0 && !line.StartsWith("processed ", StringComparison.Ordinal) && !line.StartsWith("verification time", StringComparison.Ordinal)
            && !line.StartsWith("mark_precise", StringComparison.Ordinal)) ?? "";

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
