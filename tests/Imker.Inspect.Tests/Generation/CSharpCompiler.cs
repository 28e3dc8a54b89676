using Imker.TestKit;

namespace Imker.Inspect.Tests.Generation;

/// <summary>The compiler of the SDK that these tests were built with.</summary>
internal static class CSharpCompiler
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Compiles sources to a library, warnings being errors, and gives what the compiler says.</summary>
    public static ProgramResult Compile(string directory, IEnumerable<string> sources)
    {
        string root = Path.GetFullPath(Path.Combine(Framework, "../../.."));
        string compiler = Directory.EnumerateFiles(Path.Combine(root, "sdk"), "csc.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        IEnumerable<string> references = Directory.EnumerateFiles(Framework, "System*.dll").Append(Path.Combine(Framework, "netstandard.dll"))
            .Where(file => !file.Contains(".Native.", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "Imker.*.dll").Where(file => !Path.GetFileName(file).Contains(".Tests", StringComparison.Ordinal)));
        string response = Path.Combine(directory, "arguments.rsp");
        File.WriteAllLines(response,
        [
            "-nologo", "-nostdlib", "-target:library", "-langversion:latest", "-warnaserror", "-warn:9", "-unsafe-", $"-out:{Path.Combine(directory, "generated.dll")}",
            .. references.Select(file => $"-r:\"{file}\""), .. sources.Select(file => $"\"{file}\""),
        ]);
        using RunningProgram program = RunningProgram.Start(Path.Combine(root, "dotnet"), [compiler, "-noconfig", $"@{response}"]);
        return program.WaitForEnd(TimeSpan.FromSeconds(120));
    }
}
