namespace Imker.Machine.Jit;

/// <summary>What generated code guards against.</summary>
internal sealed record JitOptions
{
    /// <summary>For a program that a verifier has taken: no checks but the budget.</summary>
    public static JitOptions Verified { get; } = new();

    /// <summary>For any program of valid form: every access is checked.</summary>
    public static JitOptions Checked { get; } = new() { IsChecked = true };

    /// <summary>For a program of a party less trusted than the host: checked, no number of its choice in the code, no access ahead of its check.</summary>
    public static JitOptions Untrusted { get; } = new() { IsChecked = true, BlindsConstants = true, MasksAddresses = true };

    /// <summary>
    /// For a short program that was verified, keeps to R0 to R5 and its frame: the code is a function of the C convention, R1 to R5 its
    /// arguments and R0 its result, and there is no state.
    /// </summary>
    public static JitOptions Function { get; } = new() { IsFunction = true };

    /// <summary>Whether the code takes arguments in place of a state.</summary>
    public bool IsFunction { get; init; }

    /// <summary>Whether memory accesses and the depth of calls are checked.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Whether constants stand in the code mixed with random bits, so that nobody can write instructions by them.</summary>
    public bool BlindsConstants { get; init; }

    /// <summary>
    /// Whether a processor that speculates past a check finds a harmless address (Spectre, variant 1). Needs <see cref="IsChecked"/>.
    /// </summary>
    public bool MasksAddresses { get; init; }
}
