using Imker.Diagnostics;
using Imker.Inspect;
using Imker.Linux;
using Imker.Rendering;
using Imker.Tracing;

namespace Imker.Cli;

/// <summary>A command line that cannot be meant.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Turns what can go wrong into a sentence on standard error and an exit code; no stack traces at users.</summary>
internal static class Failure
{
    private const int ExitCode = 1;

    // What a shell shows of a program that SIGPIPE ended: the reader of our output went away, and does not want to be told.
    private const int ExitCodeOfBrokenPipe = 128 + 13;

    public static int Guard(Func<int> action, bool isVerbose)
    {
        try
        {
            return action();
        }
        catch (DiagnosticException e)
        {
            Show(e.Diagnostics);
        }
        catch (VerifierException e)
        {
            Say(e.Message);
            if (isVerbose)
                Console.Error.WriteLine(Printable(e.Log, TextEscaping.Block));
        }
        catch (AttachException e)
        {
            foreach (AttachFailure failure in e.Failures)
                Say(failure.Reason.Message);
        }
        catch (IOException e) when (e.HResult == Errno.BrokenPipe.Value)
        {
            return ExitCodeOfBrokenPipe;
        }
        catch (Exception e) when (e is BpfException or FeatureNotSupportedException or PrivilegeException or UsageException or InspectException
            or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Say(e.Message);
        }
        return ExitCode;
    }

    public static void Show(IEnumerable<Diagnostic> diagnostics) =>
        new DiagnosticRenderer(Console.Error, !Console.IsErrorRedirected).Write(diagnostics);

    /// <summary>One error to the user. Its text may name files and symbols of others.</summary>
    public static void Say(string message)
    {
        try
        {
            Console.Error.WriteLine($"error: {Printable(message, TextEscaping.Line)}");
        }
        catch (IOException)
        {
            // Where standard error takes nothing, the exit code tells.
        }
    }

    /// <summary>Text of others, such as a file's name, in which no control character is left.</summary>
    public static string Printable(string text, TextEscaping escaping)
    {
        using var buffer = new Utf8Buffer();
        Escape.Text(buffer, text, escaping);
        return buffer.ToString();
    }
}
