using Imker.Objects;

namespace Imker.Verifier;

/// <summary>What the analysis of one program came to.</summary>
public sealed record Verdict
{
    public required string Program { get; init; }

    /// <summary>What a person calls the program: its section, or the probe of a script.</summary>
    public required string Section { get; init; }

    public required VerifierTarget Target { get; init; }

    public bool IsAccepted => Id is null;

    /// <summary>The kind of the refusal (<see cref="VerifierDiagnosticId"/>); null where the program is accepted.</summary>
    public string? Id { get; init; }

    /// <summary>Why it is refused, in one sentence; empty where it is accepted.</summary>
    public string Message { get; init; } = "";

    /// <summary>The slot of the instruction that is refused, counted as kernels do; −1 where none is.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>The function that it stands in.</summary>
    public string? Function { get; init; }

    /// <summary>The instruction as text.</summary>
    public string? Instruction { get; init; }

    /// <summary>The source that it was made from; null where none is known.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Instructions that were walked, over all paths.</summary>
    public int AnalysedInstructions { get; init; }

    /// <summary>States that were kept at the same time, at most.</summary>
    public int PeakStates { get; init; }

    /// <summary>Bytes of stack of the deepest chain of calls.</summary>
    public int StackDepth { get; init; }
}
