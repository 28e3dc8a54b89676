using Imker.Bytecode;

namespace Imker.Machine.Tests.Jit;

/// <summary>Random programs that the kernel's verifier takes: numbers only, a frame that is filled in first, jumps that lead forward.</summary>
internal static class AcceptableProgram
{
    private const int FrameWords = 8;

    private static readonly AluOperation[] Operations = Enum.GetValues<AluOperation>();
    private static readonly JumpCondition[] Conditions = Enum.GetValues<JumpCondition>();
    private static readonly AtomicOperation[] Atomics = [.. Enum.GetValues<AtomicOperation>().Where(a => a is not (AtomicOperation.LoadAcquire or AtomicOperation.StoreRelease))];

    public static Code Make(int seed)
    {
        var random = new Random(seed);
        var code = new CodeBuilder();
        for (int i = 0; i < 10; i++)
            code.Emit(Instruction.LoadImm64((Register)i, random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)));
        for (int i = 1; i <= FrameWords; i++)
            code.Emit(Instruction.Store(MemorySize.DoubleWord, Register.R10, (short)(-8 * i), (Register)random.Next(10)));
        List<Label> open = [];
        for (int i = random.Next(5, 60); i > 0; i--)
        {
            for (int j = open.Count; --j >= 0;)
            {
                if (random.Next(4) != 0)
                    continue;
                code.Bind(open[j]);
                open.RemoveAt(j);
            }
            if (random.Next(8) != 0 || open.Count > 6)
                code.Emit(Step(random));
            else
                code.Emit(Jump(random, AddTo(open)));
        }
        open.ForEach(code.Bind);
        // Everything counts for what the kernel returns, which are 32 bits.
        for (int i = 1; i < 10; i++)
        {
            code.Emit(Instruction.Alu(AluOperation.Mul, Register.R0, 0x01000193));
            code.Emit(Instruction.Alu(AluOperation.Add, Register.R0, (Register)i));
        }
        for (int i = 1; i <= FrameWords; i++)
        {
            code.Emit(Instruction.Load(MemorySize.DoubleWord, Register.R1, Register.R10, (short)(-8 * i)));
            code.Emit(Instruction.Alu(AluOperation.Mul, Register.R0, 0x01000193));
            code.Emit(Instruction.Alu(AluOperation.Xor, Register.R0, Register.R1));
        }
        code.Emit(Instruction.Mov(Register.R1, Register.R0));
        code.Emit(Instruction.Alu(AluOperation.ShiftRight, Register.R1, 32));
        code.Emit(Instruction.Alu(AluOperation.Xor, Register.R0, Register.R1));
        code.Emit(Instruction.Exit);
        return code.ToCode();
    }

    private static Label AddTo(List<Label> labels)
    {
        labels.Add(new Label());
        return labels[^1];
    }

    private static Instruction Step(Random random)
    {
        AluOperation operation = Operations[random.Next(Operations.Length)];
        Register dst = (Register)random.Next(10), src = (Register)random.Next(10);
        switch (random.Next(22))
        {
            case 0:
                return Instruction.Neg(dst);
            case 1:
                return Instruction.Neg32(dst);
            case 2:
                return Instruction.MovSigned(dst, src, 8 << random.Next(3));
            case 3:
                return Instruction.MovSigned32(dst, src, 8 << random.Next(2));
            case 4:
                return Instruction.ToBigEndian(dst, 16 << random.Next(3));
            case 5:
                return random.Next(2) == 0 ? Instruction.ToLittleEndian(dst, 16 << random.Next(3)) : Instruction.ByteSwap(dst, 16 << random.Next(3));
            case 6:
                return random.Next(2) == 0 ? Instruction.Mov(dst, src) : Instruction.Mov32(dst, src);
            case 7:
                return Instruction.Load(Size(random), dst, Register.R10, Place(random));
            case 8:
                return Instruction.Store(Size(random), Register.R10, Place(random), src);
            case 9:
                return Instruction.StoreConstant(Size(random), Register.R10, Place(random), random.Next());
            case 10:
                return Instruction.LoadSigned((MemorySize)((int)Size(random) & 0x10), dst, Register.R10, Place(random));
            case 11 or 12:
                return Instruction.Atomic(
                    Atomics[random.Next(Atomics.Length)], random.Next(2) == 0 ? MemorySize.Word : MemorySize.DoubleWord, Register.R10, Place(random), src);
            case < 15:
                return Instruction.Alu(operation, dst, src);
            case < 18:
                return Instruction.Alu(operation, dst, Constant(random, operation, 64));
            case < 20:
                return Instruction.Alu32(operation, dst, src);
            default:
                return Instruction.Alu32(operation, dst, Constant(random, operation, 32));
        }
    }

    private static Instruction Jump(Random random, Label target)
    {
        JumpCondition condition = Conditions[random.Next(Conditions.Length)];
        Register dst = (Register)random.Next(10), src = (Register)random.Next(10);
        return random.Next(4) switch
        {
            0 => Instruction.JumpIf(condition, dst, src, target),
            1 => Instruction.JumpIf(condition, dst, random.Next(-10, 10), target),
            2 => Instruction.JumpIf32(condition, dst, src, target),
            _ => Instruction.JumpIf32(condition, dst, random.Next(), target),
        };
    }

    private static MemorySize Size(Random random) => (MemorySize)(random.Next(4) << 3);

    private static short Place(Random random) => (short)(-8 * random.Next(1, FrameWords + 1));

    // The kernel refuses to shift by more than there is and to divide by zero.
    private static int Constant(Random random, AluOperation operation, int bits) => operation switch
    {
        AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned => random.Next(bits),
        AluOperation.Div or AluOperation.Mod or AluOperation.SignedDiv or AluOperation.SignedMod =>
            random.Next(4) switch { 0 => -1, 1 => 1 << random.Next(31), _ => Math.Max(1, random.Next() >> random.Next(31)) },
        _ => random.Next(int.MinValue, int.MaxValue) >> random.Next(32),
    };
}
