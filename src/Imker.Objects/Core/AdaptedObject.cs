using System.Collections.Immutable;

namespace Imker.Objects;

/// <summary>An object whose code fits the types of one target.</summary>
/// <param name="Object">The object without CO-RE relocations.</param>
/// <param name="Missing">Instructions that ask for what the target does not have: a program that reaches one is refused by the verifier.</param>
public sealed record AdaptedObject(BpfObject Object, ImmutableArray<MissingInTarget> Missing);

/// <summary>An instruction that asks for what the target does not have.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Instruction">Index into its instructions.</param>
/// <param name="What">What it asks for: <c>byte offset of field 'struct task_struct.state'</c>, and why it cannot be had.</param>
public sealed record MissingInTarget(string Function, int Instruction, string What);
