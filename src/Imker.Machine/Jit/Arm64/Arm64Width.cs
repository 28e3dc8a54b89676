namespace Imker.Machine.Jit.Arm64;

/// <summary>Operand width of a load or store: the two high bits of its opcode, the logarithm of the bytes.</summary>
internal enum Arm64Width : byte
{
    Byte = 0,
    Half = 1,
    Word = 2,
    DoubleWord = 3,
}
