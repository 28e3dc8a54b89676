using Imker.Bytecode;

namespace Imker.Compiler.Lir;

/// <summary>Where a constant fits.</summary>
internal static class Constants
{
    public static bool FitsSigned(long value) => value == (int)value;

    /// <summary>The shortest instruction that puts a constant into a register.</summary>
    public static Instruction Load(Register register, long value)
    {
        if (FitsSigned(value))
            return Instruction.Mov(register, (int)value);
        return value == (uint)value ? Instruction.Mov32(register, (int)value) : Instruction.LoadImm64(register, value);
    }
}
