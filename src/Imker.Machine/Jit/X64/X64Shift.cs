namespace Imker.Machine.Jit.X64;

/// <summary>Shifts and rotates, by the digit that ModRM has for them.</summary>
internal enum X64Shift : byte
{
    RotateLeft = 0,
    RotateRight = 1,
    Left = 4,
    Right = 5,
    ArithmeticRight = 7,
}
