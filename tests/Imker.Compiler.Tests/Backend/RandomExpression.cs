using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>
/// Writes a module out of a seed whose program computes a number from its context alone, so that a kernel gives the same answer as
/// an evaluation: every operator in every width, many values alive at once, helper calls, subprograms, branches and loops between.
/// </summary>
public sealed class RandomExpression
{
    /// <summary>64-bit words of the context that are inputs.</summary>
    public const int Inputs = 8;

    /// <summary>The word of the context that says how far the result is shifted right: a run returns 32 bits only.</summary>
    public const int ShiftWord = 11;

    private const int MaxMixed = 30;

    private static readonly BinaryOperator[] binary = Enum.GetValues<BinaryOperator>();
    private static readonly CompareOperator[] compare = Enum.GetValues<CompareOperator>();
    private static readonly long[] literals =
        [0, 1, 2, 3, 5, 8, 31, 32, 63, 64, 255, 256, 1000, -1, -2, -8, short.MinValue, int.MaxValue, int.MinValue, long.MinValue, long.MaxValue, 0xffffffff, 0x123456789abcdef];

    private readonly Random random;
    private readonly IrBuilder builder;
    private readonly IReadOnlyList<IrFunction> callees;
    private readonly bool atomics;
    private readonly List<IrValue> wide = [];
    private readonly List<IrValue> narrow = [];
    private readonly List<IrValue> small = [];
    private readonly List<IrValue> truths = [];
    private readonly List<IrVariable> variables = [];
    private IrValue memory = null!;
    private int depth;

    private RandomExpression(Random random, IrFunction function, IReadOnlyList<IrFunction> callees, bool atomics)
    {
        this.random = random;
        this.callees = callees;
        this.atomics = atomics;
        builder = new IrBuilder(function);
    }

    /// <param name="seed">The same seed gives the same module.</param>
    /// <param name="size">About how many steps.</param>
    /// <param name="atomics">Atomic operations that return the old value may appear.</param>
    public static IrModule Make(int seed, int size, bool atomics)
    {
        var random = new Random(seed);
        var module = new IrModule { Shell = new BpfObject { Name = "random" } };
        for (int i = random.Next(3); i > 0; i--)
            module.Functions.Add(MakeCallee(random, $"callee{i}", atomics));
        var context = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        var function = new IrFunction("main", IrType.I64, context) { ProgramType = ProgramType.RawTracepoint };
        var generator = new RandomExpression(random, function, module.Functions, atomics);
        generator.Write(size, context);
        module.Programs.Add(new IrProgram(function, "random"));
        return module;
    }

    private static IrFunction MakeCallee(Random random, string name, bool atomics)
    {
        IrParameter[] parameters = [.. Enumerable.Range(0, random.Next(1, 6))
            .Select(i => new IrParameter(random.Next(3) == 0 ? IrType.I32 : IrType.I64, $"p{i}", i))];
        var function = new IrFunction(name, random.Next(3) == 0 ? IrType.I32 : IrType.I64, parameters) { ProgramType = ProgramType.RawTracepoint };
        var generator = new RandomExpression(random, function, [], atomics);
        generator.Start();
        generator.wide.Add(generator.builder.Int64(random.Next()));
        generator.narrow.Add(generator.builder.Int32(random.Next()));
        foreach (IrParameter parameter in parameters)
            (parameter.Type == IrType.I64 ? generator.wide : generator.narrow).Add(parameter);
        generator.Steps(random.Next(1, 12));
        IrValue result = generator.Mix();
        generator.builder.Return(generator.builder.Resize(result, function.ReturnType, false));
        generator.builder.Finish();
        return function;
    }

    private void Write(int size, IrParameter context)
    {
        Start();
        for (int i = 0; i < Inputs; i++)
            wide.Add(builder.Load(IrType.I64, context, sizeof(long) * i));
        narrow.Add(builder.Load(IrType.I32, context, 4));
        Steps(size);
        IrValue shift = builder.Load(IrType.I64, context, sizeof(long) * ShiftWord);
        builder.Return(builder.Binary(BinaryOperator.ShiftRightUnsigned, Mix(), shift));
        builder.Finish();
    }

    private void Start()
    {
        IrBlock entry = builder.NewBlock("entry");
        builder.StartBlock(entry);
        builder.Seal(entry);
        memory = builder.StackAllocate(32, 8, "memory");
        builder.Zero(memory, 0, 32);
        small.Add(builder.Constant(IrType.I8, 200));
        truths.Add(builder.Constant(IrType.Bool, 1));
        for (int i = 0; i < 3; i++)
        {
            variables.Add(new IrVariable(IrType.I64, $"v{i}"));
            builder.Write(variables[i], builder.Int64(Pick(literals)));
        }
    }

    // Uses much of what is there, so that it is alive to the end.
    private IrValue Mix()
    {
        IrValue[] values = [.. wide, .. narrow, .. small, .. truths, .. variables.Select(builder.Read)];
        random.Shuffle(values);
        IrValue result = builder.Int64(0);
        foreach (IrValue value in values.Take(MaxMixed))
        {
            result = builder.Binary(BinaryOperator.Multiply, result, builder.Int64(31));
            result = builder.Add(result, builder.Resize(value, IrType.I64, false));
        }
        return result;
    }

    private void Steps(int count)
    {
        for (; count > 0; count--)
            Step();
    }

    private void Step()
    {
        switch (random.Next(24))
        {
            case < 6:
                wide.Add(builder.Binary(Pick(binary), Operand(wide, IrType.I64), Operand(wide, IrType.I64)));
                break;
            case < 9:
                narrow.Add(builder.Binary(Pick(binary), Operand(narrow, IrType.I32), Operand(narrow, IrType.I32)));
                break;
            case < 11:
                truths.Add(random.Next(2) == 0
                    ? builder.Compare(Pick(compare), Operand(wide, IrType.I64), Operand(wide, IrType.I64))
                    : builder.Compare(Pick(compare), Operand(narrow, IrType.I32), Operand(narrow, IrType.I32)));
                break;
            case 11:
                truths.Add(random.Next(2) == 0
                    ? builder.Compare(CompareOperator.Equal, Pick(truths), 0)
                    : builder.Compare(Pick(compare[..2]), builder.Binary(BinaryOperator.And, Pick(wide), Operand(wide, IrType.I64)), 0));
                break;
            case 12:
                wide.Add(builder.Select(Pick(truths), Operand(wide, IrType.I64), Operand(wide, IrType.I64)));
                break;
            case < 16:
                ConvertSomething();
                break;
            case 16 or 17:
                AccessMemory();
                break;
            case 18:
                builder.Call(HelperId.GetCurrentComm, IrType.I64, builder.Offset(memory, 16), builder.Int64(16));
                break;
            case 19 when callees.Count > 0:
                CallSubprogram();
                break;
            case 20 when depth < 2:
                If();
                break;
            case 21 when depth < 2:
                Loop();
                break;
            default:
                builder.Write(Pick(variables), Operand(wide, IrType.I64));
                break;
        }
    }

    private void ConvertSomething()
    {
        IrType[] widths = [IrType.I8, IrType.I16, IrType.I32, IrType.I64];
        List<IrValue> from = Pick<List<IrValue>>([wide, narrow, small]);
        IrValue value = builder.Resize(Pick(from), Pick(widths), random.Next(2) == 0);
        if (random.Next(4) == 0 && value.Type != IrType.I8)
            value = builder.Convert(ConvertOperator.ByteSwap, value.Type, value);
        ListOf(value.Type).Add(value);
    }

    private void AccessMemory()
    {
        if (atomics && random.Next(3) == 0)
        {
            AtomicOperator op = Pick(Enum.GetValues<AtomicOperator>());
            wide.Add(builder.Atomic(op, memory, 8 * random.Next(2), Operand(wide, IrType.I64)));
            return;
        }
        IrValue value = Pick(Pick<List<IrValue>>([wide, narrow, small]));
        builder.Store(memory, value.Type.Size * random.Next(16 / value.Type.Size), value);
        IrType type = Pick<IrType>([IrType.I8, IrType.I16, IrType.I32, IrType.I64]);
        if (random.Next(3) == 0)
            builder.Copy(memory, 8, memory, 0, random.Next(1, 8), random.Next(2) == 0 ? 8 : 1);
        IrValue loaded = builder.Load(type, memory, type.Size * random.Next(16 / type.Size));
        ListOf(type).Add(loaded);
    }

    private void CallSubprogram()
    {
        IrFunction callee = Pick(callees);
        IrValue result = builder.Call(callee, [.. callee.Parameters.Select(p => Operand(ListOf(p.Type), p.Type))]);
        ListOf(result.Type).Add(result);
    }

    private void If()
    {
        IrBlock yes = builder.NewBlock("then"), no = builder.NewBlock("else"), done = builder.NewBlock("endif");
        builder.Branch(Pick(truths), yes, no, Pick(Enum.GetValues<BranchHint>()));
        Arm(yes, done);
        Arm(no, done);
        builder.Seal(done);
        builder.StartBlock(done);
    }

    private void Arm(IrBlock arm, IrBlock done)
    {
        builder.Seal(arm);
        builder.StartBlock(arm);
        Scope(() => Steps(random.Next(4)));
        builder.Jump(done);
    }

    private void Loop()
    {
        var counter = new IrVariable(IrType.I64, "counter");
        builder.Write(counter, builder.Int64(0));
        IrBlock head = builder.NewBlock("head"), body = builder.NewBlock("body"), done = builder.NewBlock("done");
        builder.Jump(head);
        builder.StartBlock(head);
        builder.Branch(builder.Compare(CompareOperator.LessUnsigned, builder.Read(counter), random.Next(1, 4)), body, done);
        builder.Seal(body);
        builder.StartBlock(body);
        Scope(() => Steps(random.Next(1, 5)));
        builder.Write(counter, builder.Add(builder.Read(counter), builder.Int64(1)));
        builder.Jump(head);
        builder.Seal(head);
        builder.Seal(done);
        builder.StartBlock(done);
    }

    // What is made inside is not known outside.
    private void Scope(Action write)
    {
        List<IrValue>[] lists = [wide, narrow, small, truths];
        int[] counts = [.. lists.Select(list => list.Count)];
        depth++;
        write();
        depth--;
        for (int i = 0; i < lists.Length; i++)
            lists[i].RemoveRange(counts[i], lists[i].Count - counts[i]);
    }

    private List<IrValue> ListOf(IrType type) => type.Bits switch
    {
        64 => wide,
        32 => narrow,
        _ => small,
    };

    private IrValue Operand(List<IrValue> values, IrType type)
    {
        if (type == IrType.I64 && random.Next(5) == 0)
            return builder.Read(Pick(variables));
        return random.Next(4) == 0 ? builder.Constant(type, Pick(literals)) : Pick(values);
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
