using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// What may be taken from a file, in bytes of it: tables that overlap, or name one long text a thousand times, would let a small file
/// fill the memory.
/// </summary>
internal sealed class ReadBudget(string file, long length)
{
    private const int TimesTheFile = 16;
    private const int Least = 1 << 16;

    private long left = Least + TimesTheFile * length;

    /// <exception cref="DiagnosticException">More was taken than any real file holds.</exception>
    public void Take(long bytes)
    {
        left -= bytes;
        if (left < 0)
            throw new DiagnosticException([new Diagnostic(Severity.Error, ObjectDiagnosticId.Malformed, SourceSpan.None,
                $"cannot read {file}: its parts overlap, all in all they are more than {TimesTheFile} times as long as the file")]);
    }
}
