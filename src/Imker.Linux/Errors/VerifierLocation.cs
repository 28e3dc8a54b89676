using Imker.Objects;

namespace Imker.Linux;

/// <summary>An instruction of a loaded program and the source that it came from.</summary>
/// <param name="Function">The entry function or a subprogram.</param>
/// <param name="Instruction">Index in that function's instructions.</param>
/// <param name="Line">Its source; null when none is known.</param>
public sealed record VerifierLocation(string Function, int Instruction, SourceLine? Line)
{
    public override string ToString() =>
        Line is { } line ? $"{line.File}:{line.Line}:{line.Column}" : $"{Function}, instruction {Instruction}";
}
