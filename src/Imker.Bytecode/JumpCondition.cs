namespace Imker.Bytecode;

/// <summary>What a conditional jump asks of its two operands: the high four bits of its opcode.</summary>
public enum JumpCondition : byte
{
    /// <summary><c>BPF_JEQ</c></summary>
    Equal = 0x10,

    /// <summary><c>BPF_JGT</c>, unsigned.</summary>
    Greater = 0x20,

    /// <summary><c>BPF_JGE</c>, unsigned.</summary>
    GreaterOrEqual = 0x30,

    /// <summary><c>BPF_JSET</c>: a bit is set in both. The only condition without an inverse.</summary>
    BitsSet = 0x40,

    /// <summary><c>BPF_JNE</c></summary>
    NotEqual = 0x50,

    /// <summary><c>BPF_JSGT</c></summary>
    SignedGreater = 0x60,

    /// <summary><c>BPF_JSGE</c></summary>
    SignedGreaterOrEqual = 0x70,

    /// <summary><c>BPF_JLT</c>, unsigned.</summary>
    Less = 0xa0,

    /// <summary><c>BPF_JLE</c>, unsigned.</summary>
    LessOrEqual = 0xb0,

    /// <summary><c>BPF_JSLT</c></summary>
    SignedLess = 0xc0,

    /// <summary><c>BPF_JSLE</c></summary>
    SignedLessOrEqual = 0xd0,
}
