namespace Imker.Bytecode.Classic;

/// <summary>One decoded instruction, sixteen bytes.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="True">The step to go on with when a condition holds, or after a jump.</param>
/// <param name="False">The step to go on with when it does not.</param>
/// <param name="Offset">Where a load starts; the size of one that goes by the headers.</param>
/// <param name="K">The operand; for a load and a jump in one step that of the jump.</param>
internal readonly record struct MachineStep(MachineOperation Operation, ushort True, ushort False, uint Offset, uint K);
