using Imker.Bytecode;
using Imker.Compiler.Lir;

namespace Imker.Compiler.Emission;

/// <summary>Which registers an instruction reads and writes, a bit for each.</summary>
internal static class RegisterUse
{
    private const int Clobbered = (1 << LirRegister.CallClobbered) - 1;

    // The number of a call's arguments is not known here.
    private const int Arguments = Clobbered & ~1;

    private static readonly byte[] Moves =
    [
        Instruction.Mov(Register.R0, Register.R0).Opcode, Instruction.Mov(Register.R0, 0).Opcode,
        Instruction.Mov32(Register.R0, Register.R0).Opcode, Instruction.Mov32(Register.R0, 0).Opcode,
    ];

    /// <summary>Gives a register a value, and has no other effect.</summary>
    public static bool IsMove(Instruction instruction) => instruction.IsWideLoad || Moves.Contains(instruction.Opcode);

    public static int Reads(Instruction instruction)
    {
        if (instruction.IsCall)
            return Arguments;
        int dst = 1 << (int)instruction.Dst, src = 1 << (int)instruction.Src;
        switch (instruction.Class)
        {
            case InstructionClass.Ld:
                return 0;
            case InstructionClass.Ldx:
                return src;
            case InstructionClass.St:
                return dst;
            case InstructionClass.Stx:
                return dst | src;
            default:
                int operand = instruction.UsesSourceRegister ? src : 0;
                return IsMove(instruction) ? operand : dst | operand;
        }
    }

    public static int Writes(Instruction instruction)
    {
        if (instruction.IsCall)
            return Clobbered;
        return instruction.Class switch
        {
            InstructionClass.St or InstructionClass.Jmp or InstructionClass.Jmp32 => 0,
            InstructionClass.Stx => instruction.Mode == MemoryMode.Atomic ? 1 << (int)instruction.Src : 0,
            _ => 1 << (int)instruction.Dst,
        };
    }
}
