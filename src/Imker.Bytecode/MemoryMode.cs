namespace Imker.Bytecode;

/// <summary>The addressing mode: the high three bits of a load's or store's opcode.</summary>
public enum MemoryMode : byte
{
    /// <summary><c>BPF_IMM</c>: a wide load.</summary>
    Immediate = 0x00,

    /// <summary><c>BPF_ABS</c>: a legacy packet load at a constant offset.</summary>
    Absolute = 0x20,

    /// <summary><c>BPF_IND</c>: a legacy packet load at a register plus a constant.</summary>
    Indirect = 0x40,

    /// <summary><c>BPF_MEM</c></summary>
    Memory = 0x60,

    /// <summary><c>BPF_MEMSX</c>: a load that extends the sign.</summary>
    MemorySignExtended = 0x80,

    /// <summary><c>BPF_ATOMIC</c></summary>
    Atomic = 0xc0,
}
