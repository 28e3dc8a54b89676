using System.Globalization;
using System.Text;
using Imker.TestKit;

namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>Runs the blocks of a page as its reader would, and compares what he would see.</summary>
internal static class ExampleRunner
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the commands of a <c>console</c> block one after the other in one shell.</summary>
    public static void RunConsole(Fence fence, WorkingDirectory directory)
    {
        IReadOnlyList<ConsoleStep> steps = ConsoleStep.ReadAll(fence);
        string mark = $"step-{Guid.NewGuid():N}";
        var script = new StringBuilder();
        foreach (ConsoleStep step in steps)
            script.Append(CultureInfo.InvariantCulture, $"{step.Command}\nstatus=$?; echo {mark} $status; (exit $status)\n");
        using RunningProgram shell = directory.Start(script.ToString());
        string output = shell.WaitForEnd(limit).Output;

        for (int i = 0; i < steps.Count; i++)
        {
            int end = output.IndexOf(mark, StringComparison.Ordinal);
            Assert.True(end >= 0, $"{fence.Page}:{fence.Line}: the shell ended within\n{steps[i].Command}\n{output}");
            string said = output[..end];
            int lineEnd = output.IndexOf('\n', end);
            string exitCode = output[(end + mark.Length + 1)..lineEnd];
            output = output[(lineEnd + 1)..];
            Check(fence, steps, i, said, exitCode);
        }
    }

    private static void Check(Fence fence, IReadOnlyList<ConsoleStep> steps, int i, string said, string exitCode)
    {
        string place = $"{fence.Page}:{fence.Line}: {steps[i].Command}";
        Assert.True(
            ExpectedOutput.Matches(steps[i].Output, said),
            $"{place}\nshould say\n{string.Join('\n', steps[i].Output)}\nand says\n{said}");
        bool codeIsShown = i + 1 < steps.Count && steps[i + 1].ShowsExitCode;
        Assert.True(codeIsShown || exitCode == "0", $"{place}\nends with exit code {exitCode}\n{said}");
    }

    /// <summary>Runs an <c>sh</c> block, which has to succeed.</summary>
    public static void RunShell(Fence fence, WorkingDirectory directory)
    {
        using RunningProgram shell = directory.Start("set -e\n" + fence.Content);
        ProgramResult result = shell.WaitForEnd(limit);
        Assert.True(result.ExitCode == 0, $"{fence.Page}:{fence.Line}: exit code {result.ExitCode}\n{result.Output}");
    }

    /// <summary>Loads and attaches a script.</summary>
    public static void LoadScript(Fence fence)
    {
        ProgramResult result = ImkerBinary.Run(["trace", "--dry-run", "--unsafe", "-"], fence.Content, limit);
        Assert.True(result.ExitCode == 0, $"{fence.Page}:{fence.Line}: {result.Error}");
    }

    /// <summary>Runs an example of a help text until it ends or, attached, has seen some work and is interrupted.</summary>
    public static ProgramResult RunHelpExample(string command, WorkingDirectory directory)
    {
        using RunningProgram program = directory.Start($"exec {command}", Workloads.Readiness);
        try
        {
            program.WaitForOutput(Workloads.ReadinessLine, limit);
            RunningProgram.RunShell("cat /etc/hostname; sleep 0.2");
            program.Signal("INT");
        }
        catch (InvalidOperationException)
        {
            // It ended by itself before it had anything to attach.
        }
        return program.WaitForEnd(limit);
    }
}
