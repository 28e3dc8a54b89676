namespace Imker.Linux;

/// <summary>The kernel's verifier refused a program.</summary>
public sealed class VerifierException : BpfException
{
    // The log ends anywhere then, and on older kernels before that.
    private const string TooLong =
        "to check it takes more steps than the kernel grants: a loop has too many rounds, or too many branches follow each other";

    internal VerifierException(string program, Errno error, string log, VerifierLocation? location = null, string? cause = null)
        : base(Describe(program, error, log, location, cause), "BPF_PROG_LOAD", error, null, null)
    {
        Program = program;
        Log = log;
        Location = location;
    }

    /// <summary>The refused program's name.</summary>
    public string Program { get; }

    /// <summary>The verifier's log, as the kernel wrote it.</summary>
    public string Log { get; }

    /// <summary>What the verifier was looking at last; null when the log does not tell, or the program came without lines.</summary>
    public VerifierLocation? Location { get; }

    private static string Describe(string program, Errno error, string log, VerifierLocation? location, string? cause)
    {
        string where = location is null ? "" : $" at {location}";
        string word = VerifierLog.LastWord(log);
        bool isTooLong = error == Errno.TooBig || word.EndsWith("jumps is too complex.", StringComparison.Ordinal);
        string reason = cause ?? (isTooLong ? TooLong : word);
        return $"cannot load program '{program}': the kernel's verifier refuses it{where}: {reason} ({error.Name})";
    }
}
