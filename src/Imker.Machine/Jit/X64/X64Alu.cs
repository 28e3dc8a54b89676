namespace Imker.Machine.Jit.X64;

/// <summary>The eight operations of the first opcode map, by the digit that ModRM has for the immediate form.</summary>
internal enum X64Alu : byte
{
    Add = 0,
    Or = 1,
    And = 4,
    Sub = 5,
    Xor = 6,
    Cmp = 7,
}
