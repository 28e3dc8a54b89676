namespace Imker.Machine;

/// <summary>How a run ended.</summary>
/// <param name="ReturnValue">R0, all 64 bits; 0 after a fault.</param>
/// <param name="Fault">Why it was ended; null when it ended by itself.</param>
public readonly record struct RunResult(ulong ReturnValue, ProgramFault? Fault)
{
    /// <summary>The bytes of the packet that the program left; 0 where it was given none.</summary>
    public int PacketLength { get; init; }

    public bool IsFault => Fault is not null;
}
