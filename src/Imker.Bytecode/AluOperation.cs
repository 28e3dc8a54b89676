namespace Imker.Bytecode;

/// <summary>
/// An arithmetic operation. The low byte stands in the opcode's high four bits, the high byte in the instruction's offset field, which
/// tells signed division from unsigned.
/// </summary>
public enum AluOperation : ushort
{
    Add = 0x00,
    Sub = 0x10,
    Mul = 0x20,
    Div = 0x30,
    Or = 0x40,
    And = 0x50,

    /// <summary><c>BPF_LSH</c></summary>
    ShiftLeft = 0x60,

    /// <summary><c>BPF_RSH</c>: zeros come in from the left.</summary>
    ShiftRight = 0x70,

    Mod = 0x90,
    Xor = 0xa0,

    /// <summary><c>BPF_ARSH</c>: copies of the sign come in from the left.</summary>
    ShiftRightSigned = 0xc0,

    /// <summary>Signed division, rounding to zero (ISA v4, kernel 6.6).</summary>
    SignedDiv = 0x130,

    /// <summary>Remainder of the signed division (ISA v4, kernel 6.6).</summary>
    SignedMod = 0x190,
}
