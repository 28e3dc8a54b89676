using Imker.Btf;

namespace Imker.Objects;

/// <summary>An instruction whose number is to be taken from the target's types (CO-RE).</summary>
/// <param name="Instruction">Index into the function's instructions.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="TypeId">The type that the access starts from, in <see cref="BpfObject.Btf"/>.</param>
/// <param name="Access">The way from there: numbers of members and elements, such as <c>0:2:1</c>.</param>
public readonly record struct CoreRelocationSpec(int Instruction, CoreRelocationKind Kind, uint TypeId, string Access);
