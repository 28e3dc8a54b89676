using Imker.Btf;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary>The machine that a script is compiled for: this one, or one that a file describes.</summary>
internal static class CompileTarget
{
    // The BTF of a kernel has some 6 MiB; a description that lists the functions of large libraries comes to as much.
    private const int Largest = 64 << 20;

    /// <exception cref="FileAccessException">A file cannot be read.</exception>
    /// <exception cref="Diagnostics.DiagnosticException">It is no description, or no BTF of that machine's kernel.</exception>
    public static ITargetFacts Open(TraceArguments arguments)
    {
        ITargetFacts facts = arguments.TargetPath is { } path
            ? TargetDescription.Read(path, InputFile.Read("the target description", path, Largest), Types(arguments.TargetTypesPath))
            : new LinuxTargetFacts();
        return arguments.SavedTargetPath is null ? facts : new RecordingTargetFacts(facts);
    }

    /// <summary>Writes what was asked, where that is wanted.</summary>
    public static void Save(ITargetFacts facts, TraceArguments arguments)
    {
        if (facts is not RecordingTargetFacts recording)
            return;
        using Stream file = OutputFile.Create(arguments.SavedTargetPath!);
        file.Write(recording.ToDescription());
    }

    private static BtfFile? Types(string? path) => path is null ? null : BtfFile.Read(path, InputFile.Read("the BTF", path, Largest));
}
