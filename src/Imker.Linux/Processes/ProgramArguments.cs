using Imker.Diagnostics;

namespace Imker.Linux;

/// <summary>The command line without the loss of what is no UTF-8, which the runtime replaces.</summary>
public static class ProgramArguments
{
    private const char Replacement = '\ufffd';

    /// <summary>The arguments in the form of <see cref="SourceEncoding"/>, which what is handed to the kernel is encoded from again.</summary>
    /// <param name="arguments">As the runtime gives them.</param>
    public static string[] Restore(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Any(a => a.Contains(Replacement)) && PseudoFile.TryRead("/proc/self/cmdline") is { } line
            ? Restore(arguments, line)
            : arguments;
    }

    internal static string[] Restore(string[] arguments, ReadOnlySpan<byte> line)
    {
        var texts = new List<string>();
        while (!line.IsEmpty)
        {
            int end = line.IndexOf((byte)0);
            texts.Add(SourceEncoding.Decode(end < 0 ? line : line[..end]));
            line = end < 0 ? [] : line[(end + 1)..];
        }
        // The program's own name, and under a framework's host more than that, stand before them.
        return texts.Count >= arguments.Length ? [.. texts[^arguments.Length..]] : arguments;
    }
}
