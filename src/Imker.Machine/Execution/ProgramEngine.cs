namespace Imker.Machine;

/// <summary>
/// What runs one program: the interpreter or generated code. Used by many threads at once, each with a state of its own.
/// </summary>
internal abstract unsafe class ProgramEngine
{
    /// <summary>Runs the program from its first slot in the frame <see cref="ExecutionState.Depth"/>.</summary>
    /// <param name="state">R1 to R5 in its registers, regions, budget and packet set.</param>
    /// <returns>R0; without meaning after a fault or a tail call.</returns>
    public abstract ulong Run(ExecutionState* state);

    /// <summary>Calls one of the program's functions from a helper, in the frame below the present one.</summary>
    /// <param name="state">Of the run that called the helper.</param>
    /// <param name="slot">Where the function starts.</param>
    /// <param name="r1">The first argument.</param>
    /// <param name="r2">The second.</param>
    /// <param name="r3">The third.</param>
    /// <param name="r4">The fourth.</param>
    /// <returns>R0; without meaning after a fault.</returns>
    public abstract ulong Call(ExecutionState* state, int slot, ulong r1, ulong r2, ulong r3, ulong r4);
}
