using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Imker.Btf;
using Imker.Linux;

namespace Imker.Inspect;

/// <summary>Has clang compile restricted C to an object, with our headers and the running kernel's types.</summary>
/// <param name="run">Runs a program with arguments, its output ours, and gives its exit code.</param>
public sealed class ClangCompiler(Func<string, IReadOnlyList<string>, int> run)
{
    private const string KernelHeader = "vmlinux.h";
    private const int LargestSource = 16 << 20;

    // The newest that our headers are tested with comes first; others after it.
    private static readonly string[] names = ["clang-19", "clang", "clang-21", "clang-20", "clang-18", "clang-17", "clang-16", "clang-15", "clang-14"];

    /// <summary>Compiles one file.</summary>
    /// <param name="source">The C file.</param>
    /// <param name="target">Where the object goes.</param>
    /// <param name="arguments">More arguments for clang, such as <c>-DDEBUG</c>.</param>
    /// <returns>clang's exit code; what is wrong it has said itself.</returns>
    /// <exception cref="InspectException">There is no clang.</exception>
    /// <exception cref="FileAccessException">The source cannot be read.</exception>
    public int Compile(string source, string target, ImmutableArray<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        string clang = names.Select(ProgramPath.Find).FirstOrDefault(path => path is not null)
            ?? throw new InspectException($"cannot compile {source}: there is no clang in PATH; Debian's package clang-19 brings it (apt-get install clang-19)");
        byte[] text = InputFile.Read("the C source", source, LargestSource);
        DirectoryInfo headers = Directory.CreateTempSubdirectory("imker-headers-");
        try
        {
            CHeaders.WriteTo(headers.FullName);
            // Files that it includes may want it too, so only a source that includes nothing but our headers does without.
            if (text.AsSpan().IndexOf("#include \""u8) >= 0 || text.AsSpan().IndexOf("vmlinux.h"u8) >= 0)
                WriteKernelHeader(Path.Combine(headers.FullName, KernelHeader));
            return run(clang, [clang, "-target", "bpf", "-g", "-O2", "-mcpu=v3", "-Wall", Architecture, "-I", headers.FullName, .. arguments, "-c", source, "-o", target]);
        }
        finally
        {
            headers.Delete(recursive: true);
        }
    }

    /// <summary>Writes the running kernel's types; nothing where it has none, which clang says then.</summary>
    private static void WriteKernelHeader(string path)
    {
        if (KernelBtfFile.Types is not { } types)
            return;
        using StreamWriter header = File.CreateText(path);
        BtfCPrinter.WriteHeader(types, header);
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
        ? "-D__TARGET_ARCH_arm64"
        : "-D__TARGET_ARCH_x86";
}
