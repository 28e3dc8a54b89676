using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Filter.Tests.Optimization;

/// <summary>What tcpdump compiles a filter to.</summary>
internal static class Tcpdump
{
    /// <summary>Compiles a filter; false when tcpdump refuses it.</summary>
    public static bool TryCompile(string linkType, string filter, bool optimize, [NotNullWhen(true)] out ClassicProgram? program, out string error)
    {
        string[] arguments = optimize ? ["-y", linkType, "-ddd", filter] : ["-y", linkType, "-O", "-ddd", filter];
        var start = new ProcessStartInfo(Machine.RequireTool("tcpdump"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        error = errors.Result;
        process.WaitForExit();
        program = null;
        return process.ExitCode == 0 && ClassicDecimalReader.TryParse(new SourceText("tcpdump", output), out program, out _);
    }
}
