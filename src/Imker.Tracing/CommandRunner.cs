using Imker.Diagnostics;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Tracing;

/// <summary>What a script does outside of itself: runs commands, shows files.</summary>
/// <param name="renderer">Writes what comes of it.</param>
/// <param name="loop">Keeps what programs send while a command runs.</param>
/// <param name="maxFileBytes">Bytes that are shown of a file.</param>
internal sealed class CommandRunner(OutputRenderer renderer, EventLoop loop, int maxFileBytes)
{
    private readonly SortedDictionary<(int Line, int Column), (ScriptPlace Place, int Count)> skipped = [];
    private int mostSignals;

    /// <summary>Runs a shell command and writes its output, before whatever is sent after it. After a signal none is begun.</summary>
    /// <param name="text">The command.</param>
    /// <param name="place">Where the script asks for it.</param>
    /// <exception cref="BpfException">There can be no further process.</exception>
    public void Run(ReadOnlySpan<byte> text, ScriptPlace place)
    {
        if (loop.SignalCount > mostSignals)
        {
            Skip(place);
            return;
        }
        renderer.Flush();
        using ShellCommand command = ShellCommand.Start(text);
        bool hasEnded = loop.WaitFor(command);
        WriteBlock(TextKind.System, command.Collected);
        if (!hasEnded)
            renderer.RuntimeError(place, "a second signal came while this command ran; it was sent SIGTERM, and its end was not waited for");
    }

    /// <summary>What END asks for is run after a signal, too, which is how most runs end; but not after a second one.</summary>
    public void BeginEnd() => mostSignals = 1;

    /// <summary>Says how many commands were not run.</summary>
    public void TellSkipped()
    {
        foreach ((ScriptPlace place, int count) in skipped.Values)
            renderer.RuntimeError(place, $"{count} {(count == 1 ? "command was" : "commands were")} not run, because a signal had come");
    }

    /// <summary>Writes the beginning of a file; a file that cannot be read is told of on standard error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where the script asks for it.</param>
    public void Show(ReadOnlySpan<byte> path, ScriptPlace place)
    {
        try
        {
            WriteBlock(TextKind.Cat, ShownFile.ReadBeginning(SourceEncoding.DecodeAll(path), maxFileBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            renderer.RuntimeError(place, e.Message);
        }
    }

    private void Skip(ScriptPlace place)
    {
        (int, int) key = (place.Line, place.Column);
        skipped[key] = (place, skipped.GetValueOrDefault(key).Count + 1);
    }

    private void WriteBlock(TextKind kind, ReadOnlySpan<byte> content)
    {
        TextEscaping escaping = renderer.Escaping == TextEscaping.None ? TextEscaping.None : TextEscaping.Block;
        Escape.Text(renderer.BeginText(kind), content, escaping);
        renderer.EndText();
    }
}
