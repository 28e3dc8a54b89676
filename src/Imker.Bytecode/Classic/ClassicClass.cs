namespace Imker.Bytecode.Classic;

/// <summary>What a classic instruction does: the low three bits of its opcode.</summary>
public enum ClassicClass : byte
{
    /// <summary><c>BPF_LD</c>: into the accumulator.</summary>
    Load,

    /// <summary><c>BPF_LDX</c>: into the index register.</summary>
    LoadIndex,

    /// <summary><c>BPF_ST</c>: the accumulator into a scratch cell.</summary>
    Store,

    /// <summary><c>BPF_STX</c>: the index register into a scratch cell.</summary>
    StoreIndex,

    /// <summary><c>BPF_ALU</c></summary>
    Arithmetic,

    /// <summary><c>BPF_JMP</c></summary>
    Jump,

    /// <summary><c>BPF_RET</c></summary>
    Return,

    /// <summary><c>BPF_MISC</c>: between the two registers.</summary>
    Transfer,
}
