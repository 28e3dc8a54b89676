namespace Imker.Btf;

/// <summary>Why a CO-RE relocation has no answer.</summary>
/// <param name="Text">As the end of a sentence.</param>
/// <param name="IsAmbiguous">The target has several types that may be meant, and they disagree; else the relocation itself is wrong.</param>
public sealed record CoreProblem(string Text, bool IsAmbiguous);
