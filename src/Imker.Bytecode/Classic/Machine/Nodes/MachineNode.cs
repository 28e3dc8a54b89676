namespace Imker.Bytecode.Classic;

/// <summary>
/// A step of a program that goes forward only, with the steps that may follow it as objects. Each ends in a tail call of the next, so
/// that the processor predicts each step's successor by itself; a loop with one switch has it predict them all at one place.
/// </summary>
internal abstract class MachineNode
{
    /// <summary>Runs from here to the end of the program.</summary>
    /// <param name="length">The packet's length on the wire.</param>
    internal abstract uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length);
}
