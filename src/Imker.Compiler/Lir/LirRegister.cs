namespace Imker.Compiler.Lir;

/// <summary>
/// Registers of the low-level IR are numbers: 0 to 10 are the machine's, those from <see cref="FirstVirtual"/> on stand for values
/// that have none yet.
/// </summary>
internal static class LirRegister
{
    public const int None = -1;

    public const int Result = 0;

    /// <summary>R1 to R5 carry the arguments of calls.</summary>
    public const int FirstArgument = 1;

    /// <summary>R0 to R5 are lost over a call.</summary>
    public const int CallClobbered = 6;

    /// <summary>R0 to R9 hold values; R10 is the frame.</summary>
    public const int Allocatable = 10;

    public const int FramePointer = 10;

    public const int FirstVirtual = 16;

    public static bool IsVirtual(int register) => register >= FirstVirtual;
}
