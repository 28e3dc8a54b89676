using Imker.Bytecode;

namespace Imker.Verifier.Code;

/// <summary>Whether a program's instructions are ones that the target knows, with fields that make sense.</summary>
internal static class Instructions
{
    /// <exception cref="RefusalException">One is not.</exception>
    public static void Check(ProgramCode code, VerifierTarget target)
    {
        for (int slot = 0; slot < code.SlotCount; slot += code[slot].SlotCount)
        {
            ref readonly Instruction instruction = ref code[slot];
            if (instruction.IsWideLoad && (slot + 1 >= code.SlotCount || !code.IsSecondHalf(slot + 1)))
                throw Refuse(VerifierDiagnosticId.BadInstruction, slot, "the second half of the wide load is missing");
            if (instruction.Dst > Register.R10 || instruction.UsesSourceRegister && instruction.Src > Register.R10)
                throw Refuse(VerifierDiagnosticId.BadInstruction, slot, $"{(instruction.Dst > Register.R10 ? instruction.Dst : instruction.Src)} is invalid: there are the registers R0 to R10");
            if (!InstructionForms.TryGet(instruction, out InstructionForm? _))
                throw Refuse(VerifierDiagnosticId.BadInstruction, slot, $"unknown opcode {instruction.Opcode:x2}, or fields that it does not use are set");
            if (target.IsMachine && IsAddressSpaceCast(instruction))
                throw Refuse(VerifierDiagnosticId.NotInTarget, slot, $"'{instruction}': only a kernel has address spaces");
            if (SinceOf(instruction) is { } since && since > target.Kernel)
                throw Refuse(VerifierDiagnosticId.NotInTarget, slot, $"unknown opcode {instruction.Opcode:x2}: '{instruction}' came with kernel {since}");
        }
    }

    // The additions after the instruction set of 5.10.
    private static Version? SinceOf(in Instruction instruction)
    {
        bool isArithmetic = instruction.Class is InstructionClass.Alu or InstructionClass.Alu64;
        if (instruction.IsMayGoto)
            return new Version(6, 9);
        if (instruction.IsLongJump || instruction.Class == InstructionClass.Ldx && instruction.Mode == MemoryMode.MemorySignExtended
            || instruction.Class == InstructionClass.Alu64 && (instruction.Opcode & 0xf0) == 0xd0)
            return new Version(6, 6);
        if (isArithmetic && instruction.Offset != 0)
            return IsAddressSpaceCast(instruction) ? new Version(6, 9) : new Version(6, 6);
        if (instruction.Class == InstructionClass.Stx && instruction.Mode == MemoryMode.Atomic)
        {
            return (AtomicOperation)instruction.Constant switch
            {
                AtomicOperation.Add => null,
                AtomicOperation.LoadAcquire or AtomicOperation.StoreRelease => new Version(6, 15),
                _ => new Version(5, 12),
            };
        }
        return null;
    }

    private static bool IsAddressSpaceCast(in Instruction instruction) =>
        instruction.Class == InstructionClass.Alu64 && (instruction.Opcode & 0xf8) == 0xb8 && instruction.Offset == 1;

    private static RefusalException Refuse(string id, int slot, string message) => new(id, slot, message);
}
