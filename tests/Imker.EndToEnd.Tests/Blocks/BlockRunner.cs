using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Blocks;

/// <summary>Runs a block with a program and compares what came of it.</summary>
internal static class BlockRunner
{
    private const string Attached = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

    public static void Run(Block block, string file)
    {
        foreach (string need in block.Needs)
            Require(need);
        ProgramResult result = Execute(block, file);
        string context = $"\nexit code: {result.ExitCode}\nstandard output:\n{result.Output}\nstandard error:\n{result.Error}";
        Assert.True(result.ExitCode == block.ExitCode, $"the exit code is not {block.ExitCode}{context}");
        if (block.Output is not null)
            Assert.True(result.Output.TrimEnd('\n') == block.Output, $"the output is not\n{block.Output}{context}");
        string[] lines = result.Output.Split('\n');
        InOrder(block.OutputPatterns, lines, (pattern, line) => Regex.IsMatch(line, $"^(?:{pattern})$"), context);
        InOrder(block.OutputObjects, lines, IsSameObject, context);
        InOrder(block.ErrorTexts, result.Error.Split('\n'), (text, line) => line.Contains(text, StringComparison.Ordinal), context);
    }

    private static void Require(string need)
    {
        switch (need)
        {
            case "root": Machine.RequireRoot(); break;
            case "tracefs": Machine.RequireTracefs(); break;
            case "bpffs": Machine.RequireBpffs(); break;
            case var tool when tool.StartsWith("tool:", StringComparison.Ordinal): Machine.RequireTool(tool[5..]); break;
            case var kernels when kernels.StartsWith("kernel:", StringComparison.Ordinal): KernelGate.RequireOneOf(kernels[7..].Split(',')); break;
            default: KernelGate.Require(need); break;
        }
    }

    private static ProgramResult Execute(Block block, string file)
    {
        // The shell splits and unquotes ARGS; the script goes through untouched.
        string[] script = block.Program is null ? [] : [block.Program];
        string command = block.Program is null
            ? $"exec \"$IMKER\" {block.Arguments}"
            : $"exec \"$IMKER\" trace {block.Arguments} -e \"$1\"";
        Dictionary<string, string> environment = new() { ["IMKER"] = file, ["REPOSITORY"] = Machine.RepositoryRoot };
        if (block.Workload is not null)
            environment[Attached] = "1";
        using RunningProgram program = RunningProgram.Start("/bin/sh", ["-c", command, "imker", .. script], null, environment);
        if (block.Workload is null)
            return program.WaitForEnd(block.Limit);

        program.WaitForOutput(Attached + "\n", block.Limit);
        ProgramResult workload = RunningProgram.RunShell(block.Workload, block.Limit);
        Assert.True(workload.ExitCode == 0, $"the workload failed: {workload.Error}");
        program.Signal("INT");
        ProgramResult result = program.WaitForEnd(block.Limit);
        return result with { Output = result.Output.Replace(Attached + "\n", "", StringComparison.Ordinal) };
    }

    /// <summary>Each expectation is met by a line of its own, after the one that met the expectation before.</summary>
    private static void InOrder(IEnumerable<string> expected, string[] lines, Func<string, string, bool> meets, string context)
    {
        int next = 0;
        foreach (string expectation in expected)
        {
            int found = Array.FindIndex(lines, next, line => meets(expectation, line));
            Assert.True(found >= 0, $"no line{(next > 0 ? $" after the {next}th" : "")} is\n{expectation}{context}");
            next = found + 1;
        }
    }

    private static bool IsSameObject(string expected, string line) =>
        line.StartsWith('{') && JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(line));
}
