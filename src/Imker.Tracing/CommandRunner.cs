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
    /// <summary>Runs a shell command and writes its output, before whatever is sent after it.</summary>
    /// <exception cref="BpfException">There can be no further process.</exception>
    public void Run(ReadOnlySpan<byte> text)
    {
        renderer.Flush();
        using ShellCommand command = ShellCommand.Start(text);
        loop.WaitFor(command);
        WriteBlock(TextKind.System, command.Collected);
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

    private void WriteBlock(TextKind kind, ReadOnlySpan<byte> content)
    {
        TextEscaping escaping = renderer.Escaping == TextEscaping.None ? TextEscaping.None : TextEscaping.Block;
        Escape.Text(renderer.BeginText(kind), content, escaping);
        renderer.EndText();
    }
}
