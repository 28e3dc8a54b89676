namespace Imker.Machine;

/// <summary>Sees a traced run before each step.</summary>
/// <param name="program">Which runs: after a tail call another than was started.</param>
/// <param name="slot">Of the instruction that comes next.</param>
/// <param name="registers">R0 to R10.</param>
public delegate void StepObserver(MachineProgram program, int slot, ReadOnlySpan<ulong> registers);
