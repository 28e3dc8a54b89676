using System.Diagnostics;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Tracing;

/// <summary>What a script does outside of itself: runs commands, shows files.</summary>
/// <param name="maxFileBytes">Bytes that are shown of a file.</param>
internal sealed class CommandRunner(OutputRenderer renderer, int maxFileBytes)
{
    /// <summary>Runs a shell command and writes its output.</summary>
    public void Run(string command)
    {
        renderer.Flush();
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        using var content = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(content);
        process.WaitForExit();
        WriteBlock(TextKind.System, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Writes the beginning of a file; a file that cannot be read is told of on standard error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where the script asks for it.</param>
    public void Show(string path, ScriptPlace place)
    {
        try
        {
            WriteBlock(TextKind.Cat, ShownFile.ReadBeginning(path, maxFileBytes));
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
