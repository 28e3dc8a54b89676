using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine.Tests.Jit;

/// <summary>
/// Programs of valid form that do whatever chance wants: touch memory that they may touch and that they may not, jump to and fro, call
/// each other. The same seed gives the same program.
/// </summary>
internal sealed class RandomProgram
{
    private const int ContextSize = 64;

    private static readonly AluOperation[] Operations = Enum.GetValues<AluOperation>();
    private static readonly JumpCondition[] Conditions = Enum.GetValues<JumpCondition>();
    private static readonly AtomicOperation[] Atomics = [.. Enum.GetValues<AtomicOperation>().Where(a => a is not (AtomicOperation.LoadAcquire or AtomicOperation.StoreRelease))];
    private static readonly MemorySize[] Sizes = [MemorySize.Byte, MemorySize.Half, MemorySize.Word, MemorySize.DoubleWord];

    private static readonly long[] Edges =
    [
        0, 1, -1, 2, 7, 8, 31, 32, 63, 64, 255, 256, 1000, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue,
    ];

    private readonly Random random;
    private readonly List<(Instruction Instruction, int Target)> emitted = [];
    private readonly List<int> functions = [];

    private readonly bool callsThroughRegisters;

    private RandomProgram(int seed, bool callsThroughRegisters)
    {
        random = new Random(seed);
        this.callsThroughRegisters = callsThroughRegisters;
    }

    /// <summary>Any program of valid form.</summary>
    public static Code Make(int seed) => Make(seed, callsThroughRegisters: true);

    /// <summary>One that asks nothing of the process that runs it.</summary>
    public static Code MakeAlone(int seed) => Make(seed, callsThroughRegisters: false);

    private static Code Make(int seed, bool callsThroughRegisters)
    {
        var program = new RandomProgram(seed, callsThroughRegisters);
        int count = program.random.Next(1, 4);
        int[] lengths = [.. Enumerable.Range(0, count).Select(_ => program.random.Next(4, 30))];
        int start = 0;
        foreach (int length in lengths)
        {
            program.functions.Add(start);
            start += length;
        }
        foreach (int length in lengths)
            program.WriteFunction(length);
        return program.Build();
    }

    private void WriteFunction(int length)
    {
        int first = emitted.Count, last = first + length - 1;
        while (emitted.Count < last)
        {
            if (callsThroughRegisters && emitted.Count < last - 1 && random.Next(40) == 0)
                CallThroughRegister();
            else
                Add(Any(first, last));
        }
        Add(Instruction.Exit);
    }

    private void Add(Instruction instruction, int target = -1) => emitted.Add((instruction, target));

    private void Add((Instruction Instruction, int Target) item) => emitted.Add(item);

    private (Instruction Instruction, int Target) Any(int first, int last) => random.Next(100) switch
    {
        < 38 => (Arithmetic(), -1),
        < 48 => (FrameAccess(), -1),
        < 60 => (ContextAccess(), -1),
        < 64 => (WildAccess(), -1),
        < 68 => (AtomicAccess(), -1),
        < 72 => (Instruction.LoadImm64(Any(), Number()), -1),
        < 86 => (Conditional(), random.Next(8) == 0 ? random.Next(first, last) : random.Next(emitted.Count + 1, last + 1)),
        < 88 => (Instruction.Jump(0), random.Next(emitted.Count + 1, last + 1)),
        < 90 => (Instruction.Mov(Any(), Register.R10), -1),
        < 92 => (Instruction.Mov(Any(), Register.R1), -1),
        < 95 => (Instruction.CallFunction(0), functions[random.Next(functions.Count)]),
        < 96 => (Instruction.MayGoto(0), random.Next(emitted.Count + 1, last + 1)),
        < 97 => (PacketLoad(), -1),
        _ => (Instruction.Exit, -1),
    };

    private void CallThroughRegister()
    {
        Register callee = Any();
        if (random.Next(2) == 0)
            Add(Instruction.Raw(0x18, (byte)callee, (byte)WideLoadKind.Function, 0, 0), functions[random.Next(functions.Count)]);
        else
            Add(Instruction.LoadImm64(callee, Number() | 1L << 40));
        Add(Instruction.CallRegister(callee));
    }

    private Instruction Arithmetic()
    {
        AluOperation operation = Operations[random.Next(Operations.Length)];
        switch (random.Next(20))
        {
            case 0:
                return Instruction.Neg(Any());
            case 1:
                return Instruction.Neg32(Any());
            case 2:
                return Instruction.MovSigned(Any(), Source(), 8 << random.Next(3));
            case 3:
                return Instruction.MovSigned32(Any(), Source(), 8 << random.Next(2));
            case 4:
                return ByteOrder();
            case < 7:
                return random.Next(2) == 0 ? Instruction.Mov(Any(), Source()) : Instruction.Mov32(Any(), Source());
            case < 9:
                return random.Next(2) == 0 ? Instruction.Mov(Any(), (int)Number()) : Instruction.Mov32(Any(), (int)Number());
            case < 12:
                return Instruction.Alu(operation, Any(), Source());
            case < 15:
                return Instruction.Alu(operation, Any(), (int)Number());
            case < 17:
                return Instruction.Alu32(operation, Any(), Source());
            default:
                return Instruction.Alu32(operation, Any(), (int)Number());
        }
    }

    private Instruction ByteOrder()
    {
        int bits = 16 << random.Next(3);
        return random.Next(3) switch
        {
            0 => Instruction.ToBigEndian(Any(), bits),
            1 => Instruction.ToLittleEndian(Any(), bits),
            _ => Instruction.ByteSwap(Any(), bits),
        };
    }

    private Instruction FrameAccess() => Access(Register.R10, (short)random.Next(-530, 4));

    private Instruction ContextAccess() => Access(random.Next(3) == 0 ? Any() : Register.R1, (short)random.Next(-2, ContextSize + 2));

    private Instruction WildAccess() => Access(Any(), (short)random.Next(-600, 600));

    private Instruction Access(Register @base, short offset)
    {
        MemorySize size = Sizes[random.Next(Sizes.Length)];
        switch (random.Next(5))
        {
            case 0:
                return Instruction.Store(size, @base, offset, Source());
            case 1:
                return Instruction.StoreConstant(size, @base, offset, (int)Number());
            case 2 when size != MemorySize.DoubleWord:
                return Instruction.LoadSigned(size, Any(), @base, offset);
            default:
                return Instruction.Load(size, Any(), @base, offset);
        }
    }

    private Instruction AtomicAccess()
    {
        Register @base = random.Next(3) switch { 0 => Any(), 1 => Register.R1, _ => Register.R10 };
        short offset = (short)(@base == Register.R10 ? -8 * random.Next(1, 64) : random.Next(0, ContextSize));
        if (random.Next(8) != 0)
            offset &= ~7;
        MemorySize size = Sizes[random.Next(2, 4)];
        return random.Next(6) switch
        {
            0 => Instruction.LoadAcquire(Sizes[random.Next(4)], Any(), @base, offset),
            1 => Instruction.StoreRelease(Sizes[random.Next(4)], @base, offset, Source()),
            _ => Instruction.Atomic(Atomics[random.Next(Atomics.Length)], size, @base, offset, Any()),
        };
    }

    private Instruction PacketLoad()
    {
        MemorySize size = Sizes[random.Next(3)];
        int offset = random.Next(-2, ContextSize + 4);
        return random.Next(2) == 0 ? Instruction.LoadAbsolute(size, offset) : Instruction.LoadIndirect(size, Any(), offset);
    }

    private Instruction Conditional()
    {
        JumpCondition condition = Conditions[random.Next(Conditions.Length)];
        return random.Next(4) switch
        {
            0 => Instruction.JumpIf(condition, Any(), Source(), (short)0),
            1 => Instruction.JumpIf(condition, Any(), (int)Number(), (short)0),
            2 => Instruction.JumpIf32(condition, Any(), Source(), (short)0),
            _ => Instruction.JumpIf32(condition, Any(), (int)Number(), (short)0),
        };
    }

    private Register Any() => (Register)random.Next(10);

    private Register Source() => (Register)random.Next(11);

    private long Number() => random.Next(3) switch
    {
        0 => Edges[random.Next(Edges.Length)],
        1 => random.Next(-300, 300),
        _ => random.NextInt64(long.MinValue, long.MaxValue),
    };

    private Code Build()
    {
        var slots = new int[emitted.Count + 1];
        for (int i = 0; i < emitted.Count; i++)
            slots[i + 1] = slots[i] + emitted[i].Instruction.SlotCount;
        return new Code([.. emitted.Select((item, i) => item.Target < 0 ? item.Instruction : Resolve(item.Instruction, DistanceTo(item.Target, i)))]);

        // What a register calls is known only behind the load before the call.
        int DistanceTo(int target, int i) => slots[emitted[target].Instruction.IsCallThroughRegister ? target - 1 : target] - slots[i + 1];
    }

    private static Instruction Resolve(Instruction instruction, int distance) => instruction switch
    {
        { IsCall: true } => Instruction.CallFunction(distance),
        // The distance counts from the slot after the first.
        { IsWideLoad: true } => instruction.WithConstant((uint)(distance + 1)),
        _ => instruction.WithOffset((short)distance),
    };
}
