using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Tests.Soundness;

/// <summary>
/// XDP programs that look like what people write: bounds are checked, results tested, loops counted. Chance leaves checks out, moves limits
/// by one and changes instructions, so that some are safe by a hair and others are not. The same seed gives the same program.
/// </summary>
internal sealed class PlausibleProgram
{
    private const Register Context = Register.R6, Data = Register.R7, End = Register.R8, Counter = Register.R9;

    private static readonly Register[] Scratch = [Register.R0, Register.R1, Register.R2, Register.R3, Register.R4, Register.R5];
    private static readonly MemorySize[] Sizes = [MemorySize.Byte, MemorySize.Half, MemorySize.Word, MemorySize.DoubleWord];
    private static readonly JumpCondition[] Conditions = Enum.GetValues<JumpCondition>();
    private static readonly AluOperation[] Operations = Enum.GetValues<AluOperation>();

    private static readonly int[] Edges = [0, 1, -1, 2, 3, 7, 8, 14, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 4095, 65535, int.MaxValue, int.MinValue];

    private readonly Random random;
    private readonly CodeBuilder code = new();
    private readonly Label exit = new("exit");
    private int proven;
    private int loops;

    private PlausibleProgram(int seed) => random = new Random(seed);

    /// <summary>An object with one program, <c>main</c>, and the maps that it uses.</summary>
    public static BpfObject Make(int seed)
    {
        var program = new PlausibleProgram(seed);
        ImmutableArray<Instruction> instructions = program.Mutate(program.Write());
        return new BpfObject
        {
            Name = "fuzz",
            Programs = [new ProgramSpec { Name = "main", Type = ProgramType.Xdp, ExpectedAttachType = AttachType.Xdp, Entry = new FunctionSpec { Name = "main", Instructions = instructions } }],
            Maps =
            [
                new MapSpec { Name = "array", Type = MapType.Array, KeySize = 4, ValueSize = 48, MaxEntries = 4 },
                new MapSpec { Name = "hash", Type = MapType.Hash, KeySize = 8, ValueSize = 32, MaxEntries = 8 },
                new MapSpec { Name = "ring", Type = MapType.RingBuffer, MaxEntries = 4096 },
            ],
        };
    }

    private ImmutableArray<Instruction> Write()
    {
        code.Emit(Instruction.Mov(Context, Register.R1));
        code.Emit(Instruction.Load(MemorySize.Word, Data, Context, 0));
        code.Emit(Instruction.Load(MemorySize.Word, End, Context, 4));
        code.Emit(Instruction.Mov(Counter, Edge()));
        foreach (Register register in Scratch)
            code.Emit(Instruction.Mov(register, Edge()));
        int count = random.Next(2, 14);
        for (int i = 0; i < count; i++)
            Piece();
        code.Bind(exit);
        code.Emit(Instruction.Mov(Register.R0, 2));
        code.Emit(Instruction.Exit);
        return code.ToCode().Instructions;
    }

    private void Piece()
    {
        switch (random.Next(13))
        {
            case 0: CheckPacket(); break;
            case 1 or 2: AccessPacket(); break;
            case 3 or 4: Compute(); break;
            case 5: Compare(); break;
            case 6 or 7: AccessStack(); break;
            case 8: AccessStackSomewhere(); break;
            case 9: Lookup(); break;
            case 10: Loop(); break;
            case 11: Reserve(); break;
            default: AccessPacketSomewhere(); break;
        }
    }

    private void CheckPacket()
    {
        int bytes = random.Next(1, 40);
        code.Emit(Instruction.Mov(Register.R2, Data));
        code.Emit(Instruction.Alu(AluOperation.Add, Register.R2, bytes));
        bool isStrict = random.Next(4) == 0;
        code.Emit(Instruction.JumpIf(isStrict ? JumpCondition.GreaterOrEqual : JumpCondition.Greater, Register.R2, End, exit));
        proven = bytes;
    }

    private void AccessPacket()
    {
        MemorySize size = Any(Sizes);
        short offset = (short)random.Next(0, Math.Max(1, proven + (random.Next(8) == 0 ? 2 : -7)));
        code.Emit(random.Next(4) == 0 ? Instruction.Store(size, Data, offset, Any(Scratch)) : Instruction.Load(size, Any(Scratch), Data, offset));
    }

    private void AccessPacketSomewhere()
    {
        Register index = Any(Scratch);
        Bound(index);
        code.Emit(Instruction.Mov(Register.R2, Data));
        code.Emit(Instruction.Alu(AluOperation.Add, Register.R2, index == Register.R2 ? Register.R0 : index));
        int bytes = random.Next(1, 9);
        code.Emit(Instruction.Mov(Register.R3, Register.R2));
        code.Emit(Instruction.Alu(AluOperation.Add, Register.R3, bytes));
        if (random.Next(12) != 0)
            code.Emit(Instruction.JumpIf(JumpCondition.Greater, Register.R3, End, exit));
        code.Emit(Instruction.Load(Any(Sizes), Register.R4, Register.R2, (short)random.Next(0, bytes)));
    }

    // What makes a number small: a mask, a comparison, a remainder.
    private void Bound(Register register)
    {
        int limit = random.Next(3) == 0 ? random.Next(1, 256) : (1 << random.Next(1, 8)) - 1;
        switch (random.Next(6))
        {
            case 0 or 1:
                code.Emit(Instruction.Alu(AluOperation.And, register, limit));
                break;
            case 2:
                code.Emit(Instruction.JumpIf(random.Next(4) == 0 ? JumpCondition.SignedGreater : JumpCondition.Greater, register, limit, exit));
                break;
            case 3:
                code.Emit(Instruction.JumpIf32(JumpCondition.Greater, register, limit, exit));
                break;
            case 4:
                code.Emit(Instruction.Alu(AluOperation.ShiftRight, register, random.Next(56, 64)));
                break;
        }
    }

    private void Compute()
    {
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            AluOperation operation = Any(Operations);
            bool isShift = operation is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned;
            bool isDivision = operation is AluOperation.Div or AluOperation.Mod or AluOperation.SignedDiv or AluOperation.SignedMod;
            int constant = isShift ? random.Next(0, 32) : isDivision ? random.Next(1, 9) : Edge();
            code.Emit(random.Next(6) switch
            {
                0 => Instruction.Alu(operation, Any(Scratch), Any(Scratch)),
                1 => Instruction.Alu32(operation, Any(Scratch), Any(Scratch)),
                2 => Instruction.Alu32(operation, Any(Scratch), constant),
                3 => Instruction.Mov32(Any(Scratch), Any(Scratch)),
                4 => Instruction.MovSigned(Any(Scratch), Any(Scratch), 8 << random.Next(3)),
                _ => Instruction.Alu(operation, Any(Scratch), constant),
            });
        }
    }

    private void Compare()
    {
        Label over = new();
        JumpCondition condition = Any(Conditions);
        code.Emit(random.Next(4) switch
        {
            0 => Instruction.JumpIf(condition, Any(Scratch), Any(Scratch), over),
            1 => Instruction.JumpIf32(condition, Any(Scratch), Any(Scratch), over),
            2 => Instruction.JumpIf32(condition, Any(Scratch), Edge(), over),
            _ => Instruction.JumpIf(condition, Any(Scratch), Edge(), over),
        });
        Compute();
        code.Bind(over);
    }

    private void AccessStack()
    {
        MemorySize size = Any(Sizes);
        short offset = (short)(-8 * random.Next(1, 20));
        if (random.Next(4) != 0)
            code.Emit(random.Next(3) == 0 ? Instruction.StoreConstant(size, Register.R10, offset, Edge()) : Instruction.Store(size, Register.R10, offset, Any(Scratch)));
        code.Emit(Instruction.Load(random.Next(3) == 0 ? Any(Sizes) : size, Any(Scratch), Register.R10, offset));
    }

    private void AccessStackSomewhere()
    {
        Register index = Any(Scratch);
        for (short offset = -64; offset < 0; offset += 8)
            code.Emit(Instruction.StoreConstant(MemorySize.DoubleWord, Register.R10, offset, 0));
        Bound(index);
        if (random.Next(3) != 0)
            code.Emit(Instruction.Alu(AluOperation.And, index, random.Next(3) == 0 ? 64 : 0x38));
        code.Emit(Instruction.Mov(Register.R2, Register.R10));
        code.Emit(Instruction.Alu(AluOperation.Add, Register.R2, index == Register.R2 ? Register.R1 : index));
        code.Emit(Instruction.Load(MemorySize.DoubleWord, Register.R3, Register.R2, -64));
    }

    private void Lookup()
    {
        bool isArray = random.Next(2) == 0;
        code.Emit(Instruction.StoreConstant(MemorySize.DoubleWord, Register.R10, -8, random.Next(8)));
        code.Emit(Instruction.LoadMap(Register.R1, new MapReference(isArray ? "array" : "hash")));
        code.Emit(Instruction.Mov(Register.R2, Register.R10));
        code.Emit(Instruction.Alu(AluOperation.Add, Register.R2, -8));
        code.Emit(Instruction.CallHelper(HelperId.MapLookupElem));
        if (random.Next(10) != 0)
            code.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, exit));
        int size = isArray ? 48 : 32;
        code.Emit(Instruction.Load(Any(Sizes), Register.R1, Register.R0, (short)random.Next(0, size - 6)));
        if (random.Next(2) == 0)
        {
            Bound(Register.R1);
            code.Emit(Instruction.Mov(Register.R3, Register.R0));
            code.Emit(Instruction.Alu(AluOperation.Add, Register.R3, Register.R1));
            code.Emit(Instruction.Store(Any(Sizes), Register.R3, (short)random.Next(0, 9), Register.R1));
        }
        Refill();
    }

    private void Loop()
    {
        if (loops++ > 2)
            return;
        Label head = new();
        code.Emit(Instruction.Mov(Counter, 0));
        code.Bind(head);
        Compute();
        if (random.Next(2) == 0)
            AccessStack();
        code.Emit(Instruction.Alu(AluOperation.Add, Counter, random.Next(1, 4)));
        code.Emit(random.Next(8) == 0
            ? Instruction.JumpIf(JumpCondition.Less, Counter, Any(Scratch), head)
            : Instruction.JumpIf(random.Next(2) == 0 ? JumpCondition.Less : JumpCondition.SignedLess, Counter, random.Next(1, 20), head));
    }

    private void Reserve()
    {
        int size = 8 * random.Next(1, 5);
        code.Emit(Instruction.LoadMap(Register.R1, new MapReference("ring")));
        code.Emit(Instruction.Mov(Register.R2, size));
        code.Emit(Instruction.Mov(Register.R3, 0));
        code.Emit(Instruction.CallHelper(HelperId.RingbufReserve));
        if (random.Next(10) != 0)
            code.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, exit));
        code.Emit(Instruction.StoreConstant(Any(Sizes), Register.R0, (short)random.Next(0, size - 6), 7));
        code.Emit(Instruction.Mov(Register.R1, Register.R0));
        code.Emit(Instruction.Mov(Register.R2, 0));
        if (random.Next(10) != 0)
            code.Emit(Instruction.CallHelper(random.Next(2) == 0 ? HelperId.RingbufSubmit : HelperId.RingbufDiscard));
        Refill();
    }

    // A call leaves R1 to R5 without value.
    private void Refill()
    {
        code.Emit(Instruction.CallHelper(HelperId.GetPrandomU32));
        foreach (Register register in Scratch.AsSpan(1))
            code.Emit(random.Next(3) == 0 ? Instruction.Mov(register, Register.R0) : Instruction.Mov(register, Edge()));
    }

    private ImmutableArray<Instruction> Mutate(ImmutableArray<Instruction> instructions)
    {
        if (random.Next(3) != 0)
            return instructions;
        ImmutableArray<Instruction>.Builder mutated = instructions.ToBuilder();
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            int at = random.Next(mutated.Count);
            Instruction instruction = mutated[at];
            if (instruction.Reference is not null || instruction.IsCall || instruction.IsWideLoad)
                continue;
            mutated[at] = random.Next(3) switch
            {
                0 => instruction.WithOffset((short)(instruction.Offset + random.Next(-2, 3))),
                1 when !instruction.UsesSourceRegister => instruction.WithConstant(Edge()),
                _ => Instruction.Raw(instruction.Opcode, (byte)random.Next(10), instruction.SrcField, instruction.Offset, instruction.Constant),
            };
        }
        return mutated.ToImmutable();
    }

    private int Edge() => Any(Edges);

    private T Any<T>(T[] of) => of[random.Next(of.Length)];
}
