namespace Imker.Machine;

/// <summary>
/// Division as RFC 9669 has it, which never traps: by zero it gives zero and leaves the dividend as the remainder; the lowest number by
/// minus one gives itself and no remainder.
/// </summary>
internal static class Arithmetic
{
    public static ulong Divide(ulong a, ulong b) => b == 0 ? 0 : a / b;

    public static uint Divide(uint a, uint b) => b == 0 ? 0 : a / b;

    public static long Divide(long a, long b) => b switch { 0 => 0, -1 => unchecked(-a), _ => a / b };

    public static int Divide(int a, int b) => b switch { 0 => 0, -1 => unchecked(-a), _ => a / b };

    public static ulong Remainder(ulong a, ulong b) => b == 0 ? a : a % b;

    public static uint Remainder(uint a, uint b) => b == 0 ? a : a % b;

    public static long Remainder(long a, long b) => b switch { 0 => a, -1 => 0, _ => a % b };

    public static int Remainder(int a, int b) => b switch { 0 => a, -1 => 0, _ => a % b };
}
