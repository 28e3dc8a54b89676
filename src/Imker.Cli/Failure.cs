using Imker.Diagnostics;
using Imker.Linux;
using Imker.Tracing;

namespace Imker.Cli;

/// <summary>A command line that cannot be meant.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Turns what can go wrong into a sentence on standard error and an exit code; no stack traces at users.</summary>
internal static class Failure
{
    private const int ExitCode = 1;

    public static int Guard(Func<int> action, bool isVerbose)
    {
        try
        {
            return action();
        }
        catch (DiagnosticException e)
        {
            new DiagnosticRenderer(Console.Error, !Console.IsErrorRedirected).Write(e.Diagnostics);
        }
        catch (VerifierException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            if (isVerbose)
                Console.Error.WriteLine(e.Log);
        }
        catch (Exception e) when (e is BpfException or FeatureNotSupportedException or AttachException or UsageException
            or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            foreach (string line in e.Message.Split('\n'))
                Console.Error.WriteLine($"error: {line}");
        }
        return ExitCode;
    }
}
