namespace Imker.Machine.Jit.Arm64;

/// <summary>Data processing of two registers by its opcode in the 32-bit form; bit 31 makes it 64 bits wide.</summary>
internal enum Arm64Alu : uint
{
    And = 0x0a000000,
    Add = 0x0b000000,
    Or = 0x2a000000,
    OrNot = 0x2a200000,
    Xor = 0x4a000000,
    Subtract = 0x4b000000,

    /// <summary>Sets the flags; with the zero register as destination it is <c>tst</c>.</summary>
    AndFlags = 0x6a000000,

    /// <summary>Sets the flags; with the zero register as destination it is <c>cmp</c>.</summary>
    SubtractFlags = 0x6b000000,
    DivideUnsigned = 0x1ac00800,
    DivideSigned = 0x1ac00c00,
    ShiftLeft = 0x1ac02000,
    ShiftRight = 0x1ac02400,
    ShiftRightArithmetic = 0x1ac02800,
}
