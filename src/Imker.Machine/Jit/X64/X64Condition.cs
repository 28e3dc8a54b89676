namespace Imker.Machine.Jit.X64;

/// <summary>What a conditional jump asks of the flags: the low four bits of its opcode. The inverse differs in the lowest bit.</summary>
internal enum X64Condition : byte
{
    Below = 0x2,
    AboveOrEqual = 0x3,
    Equal = 0x4,
    NotEqual = 0x5,
    BelowOrEqual = 0x6,
    Above = 0x7,
    Sign = 0x8,
    NotSign = 0x9,
    Less = 0xc,
    GreaterOrEqual = 0xd,
    LessOrEqual = 0xe,
    Greater = 0xf,
}
