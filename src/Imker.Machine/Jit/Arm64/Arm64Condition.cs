namespace Imker.Machine.Jit.Arm64;

/// <summary>What a conditional branch asks of the flags. The inverse differs in the lowest bit.</summary>
internal enum Arm64Condition : byte
{
    Equal = 0x0,
    NotEqual = 0x1,
    UnsignedGreaterOrEqual = 0x2,
    UnsignedLess = 0x3,
    Negative = 0x4,
    PositiveOrZero = 0x5,
    UnsignedGreater = 0x8,
    UnsignedLessOrEqual = 0x9,
    SignedGreaterOrEqual = 0xa,
    SignedLess = 0xb,
    SignedGreater = 0xc,
    SignedLessOrEqual = 0xd,
}
