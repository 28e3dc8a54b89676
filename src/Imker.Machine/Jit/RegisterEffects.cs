using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>Which registers instructions change, as sets of bits: bit 0 is R0.</summary>
internal static class RegisterEffects
{
    /// <summary>R0 to R5, which no call keeps.</summary>
    public const int CallerSaved = 0x3f;

    /// <summary>R6 to R9, which a local call keeps.</summary>
    public const int CalleeSaved = 0x3c0;

    /// <summary>The registers that differ, or may differ, afterwards.</summary>
    public static int Written(in Instruction instruction)
    {
        int dst = 1 << (int)instruction.Dst;
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64 or InstructionClass.Ldx:
                return dst;
            case InstructionClass.Ld:
                return instruction.IsWideLoad ? dst : CallerSaved;
            case InstructionClass.Stx when instruction.Mode == MemoryMode.Atomic:
                return WrittenByAtomic(instruction, dst);
            default:
                return instruction.IsCall ? CallerSaved : 0;
        }
    }

    private static int WrittenByAtomic(in Instruction instruction, int dst)
    {
        const int Fetches = 1;
        return (AtomicOperation)instruction.Constant switch
        {
            AtomicOperation.LoadAcquire => dst,
            AtomicOperation.StoreRelease => 0,
            AtomicOperation.CompareExchange => 1,
            _ => (instruction.Constant & Fetches) != 0 ? 1 << instruction.SrcField : 0,
        };
    }
}
