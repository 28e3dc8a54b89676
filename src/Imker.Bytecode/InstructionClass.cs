namespace Imker.Bytecode;

/// <summary>The instruction class: the low three bits of the opcode (RFC 9669, section 3).</summary>
public enum InstructionClass : byte
{
    /// <summary><c>BPF_LD</c>: wide loads and the legacy packet loads.</summary>
    Ld = 0,

    /// <summary><c>BPF_LDX</c></summary>
    Ldx = 1,

    /// <summary><c>BPF_ST</c></summary>
    St = 2,

    /// <summary><c>BPF_STX</c></summary>
    Stx = 3,

    /// <summary><c>BPF_ALU</c>: 32-bit arithmetic.</summary>
    Alu = 4,

    /// <summary><c>BPF_JMP</c></summary>
    Jmp = 5,

    /// <summary><c>BPF_JMP32</c></summary>
    Jmp32 = 6,

    /// <summary><c>BPF_ALU64</c></summary>
    Alu64 = 7,
}
