using System.Collections.Immutable;
using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary>Runs clang as a child that has our output.</summary>
internal static class ClangRun
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(10);

    /// <returns>clang's exit code.</returns>
    public static int Compile(string source, string target, ImmutableArray<string> arguments) => new ClangCompiler(Run).Compile(source, target, arguments);

    private static int Run(string path, IReadOnlyList<string> arguments)
    {
        using ChildProcess clang = ChildProcess.StartHeld(path, arguments);
        clang.Release();
        return clang.WaitForExit(longest, out int code) ? code : throw new InspectException("clang has not ended after ten minutes");
    }
}
