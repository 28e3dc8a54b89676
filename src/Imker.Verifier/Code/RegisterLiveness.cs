using Imker.Bytecode;

namespace Imker.Verifier.Code;

/// <summary>
/// Which registers are read before they are set again, from each instruction on. States that differ in other registers only are the same.
/// </summary>
internal static class RegisterLiveness
{
    private const ushort Arguments = 0b11_1110;
    private const ushort CallerSaved = 0b11_1111;

    /// <summary>The live registers before each slot, a bit each.</summary>
    public static ushort[] Compute(ProgramCode code)
    {
        ushort[] live = new ushort[code.SlotCount];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int slot = code.SlotCount - 1; slot >= 0; slot--)
            {
                if (code.IsSecondHalf(slot))
                    continue;
                ushort before = Before(code, slot, After(code, slot, live));
                if (before == live[slot])
                    continue;
                live[slot] = before;
                changed = true;
            }
        }
        return live;
    }

    private static ushort After(ProgramCode code, int slot, ushort[] live)
    {
        ref readonly Instruction instruction = ref code[slot];
        ushort after = 0;
        int following = slot + instruction.SlotCount;
        if (instruction.FallsThrough && following < live.Length)
            after = live[following];
        if (instruction.IsJump)
            after |= live[code.JumpTarget(slot)];
        return after;
    }

    private static ushort Before(ProgramCode code, int slot, ushort after)
    {
        ref readonly Instruction instruction = ref code[slot];
        int dst = 1 << (int)instruction.Dst, src = 1 << instruction.SrcField;
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                int read = (instruction.Opcode & 0xf0) switch
                {
                    0xb0 => 0,
                    _ => dst,
                };
                bool usesSource = instruction.UsesSourceRegister && (instruction.Opcode & 0xf0) != 0xd0;
                return (ushort)(after & ~dst | read | (usesSource ? src : 0));
            case InstructionClass.Ld:
                return instruction.IsWideLoad
                    ? (ushort)(after & ~dst)
                    : (ushort)(after & ~CallerSaved | 1 << (int)Register.R6 | (instruction.Mode == MemoryMode.Indirect ? src : 0));
            case InstructionClass.Ldx:
                return (ushort)(after & ~dst | src);
            case InstructionClass.St:
                return (ushort)(after | dst);
            case InstructionClass.Stx:
                return BeforeStore(instruction, after, dst, src);
            default:
                return BeforeJump(code, slot, instruction, after, dst, src);
        }
    }

    private static ushort BeforeStore(in Instruction instruction, ushort after, int dst, int src)
    {
        if (instruction.Mode != MemoryMode.Atomic)
            return (ushort)(after | dst | src);
        return (AtomicOperation)instruction.Constant switch
        {
            AtomicOperation.LoadAcquire => (ushort)(after & ~dst | src),
            AtomicOperation.CompareExchange => (ushort)(after | dst | src | 1),
            _ => (ushort)(after | dst | src),
        };
    }

    private static ushort BeforeJump(ProgramCode code, int slot, in Instruction instruction, ushort after, int dst, int src)
    {
        if (instruction.IsExit)
            return 1;
        if (instruction.IsCall)
            return (ushort)(after & ~CallerSaved | ArgumentsOf(code, slot, instruction));
        if (instruction.IsConditionalJump)
            return (ushort)(after | dst | (instruction.UsesSourceRegister ? src : 0));
        return after;
    }

    private static ushort ArgumentsOf(ProgramCode code, int slot, in Instruction instruction)
    {
        if (instruction.CallKind == CallKind.Helper && HelperTable.TryGet(instruction.Constant, out HelperPrototype? helper))
            return (ushort)((1 << helper.Arguments.Length) - 1 << 1);
        return Arguments;
    }
}
