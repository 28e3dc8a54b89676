namespace Imker.Verifier;

/// <summary>How much an analysis may take; all defaults are the kernel's.</summary>
public sealed record VerifierLimits
{
    public static VerifierLimits Default { get; } = new();

    /// <summary>Functions of one program.</summary>
    internal const int Subprograms = 256;

    /// <summary>Instructions that are walked, over all paths.</summary>
    public int Instructions { get; init; } = 1_000_000;

    /// <summary>Instructions of a program.</summary>
    public int ProgramSize { get; init; } = 1_000_000;

    /// <summary>Branches of one path whose other side has not been walked.</summary>
    public int PendingBranches { get; init; } = 8_192;

    /// <summary>Bytes that stored states may take, about.</summary>
    public long StateBytes { get; init; } = 150L << 20;

    /// <summary>Time that the analysis may take.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);
}
