namespace Imker.EndToEnd.Tests.Documentation;

/// <summary>A command of a <c>console</c> block and what a terminal shows after it. The convention is documented in <c>tests/README.md</c>.</summary>
/// <param name="Command">Several lines where it goes on behind <c>&gt; </c>.</param>
/// <param name="Output">Its lines, with <c>…</c> for what varies.</param>
public sealed record ConsoleStep(string Command, IReadOnlyList<string> Output)
{
    private const string Prompt = "$ ", Continuation = "> ";

    /// <summary>Whether the command only shows how the one before ended, which then need not be well.</summary>
    public bool ShowsExitCode => Command == "echo $?";

    /// <exception cref="FormatException">The block starts with no command.</exception>
    public static IReadOnlyList<ConsoleStep> ReadAll(Fence fence)
    {
        List<ConsoleStep> steps = [];
        string[] lines = fence.Content.TrimEnd('\n').Split('\n');
        for (int i = 0; i < lines.Length;)
        {
            if (!lines[i].StartsWith(Prompt, StringComparison.Ordinal))
                throw new FormatException($"{fence.Page}:{fence.Line + 1 + i}: a console block starts with '$ '");
            List<string> command = [lines[i++][Prompt.Length..]];
            while (i < lines.Length && lines[i].StartsWith(Continuation, StringComparison.Ordinal))
                command.Add(lines[i++][Continuation.Length..]);
            int first = i;
            while (i < lines.Length && !lines[i].StartsWith(Prompt, StringComparison.Ordinal))
                i++;
            steps.Add(new ConsoleStep(string.Join('\n', command), lines[first..i]));
        }
        return steps;
    }
}
