namespace Imker.Machine.Jit.X64;

/// <summary>Operand width in bytes.</summary>
internal enum X64Width : byte
{
    Byte = 1,
    Word = 2,
    DoubleWord = 4,
    QuadWord = 8,
}
